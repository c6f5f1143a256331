import type { LineageNode } from '../../protocol/lineageProtocol.ts';
import { formatRows, formatRowsShort } from '../shared/format.ts';
import { statusLook } from '../shared/nodeLook.ts';
import { showsRows } from './describe.ts';
import { Icon } from './icon.tsx';

interface StatusFactProps {
  readonly node: LineageNode;
  /** `1.2M rows` for large tables. */
  readonly short?: boolean;
}

/** How a node stands: the status's icon, and the rows of a table that stands or else the status's word. */
export function StatusFact({ node, short = false }: StatusFactProps) {
  const { icon, tone, label } = statusLook(node.resourceType, node.status);
  const rows = showsRows(node) ? (short ? formatRowsShort : formatRows)(node.rowCount) : undefined;
  return (
    <span className="statusFact figures" title={rows === undefined ? undefined : label}>
      <Icon name={icon} tone={tone} />
      {rows === undefined ? null : <span className="spoken">{label}</span>}
      <span className="ellipsis">{rows ?? label}</span>
    </span>
  );
}
