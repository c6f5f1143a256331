import type { LineageNode } from '../../protocol/lineageProtocol.ts';
import { formatDuration, formatRows } from '../shared/format.ts';
import { resourceLooks, statusLook, summarizeTests } from '../shared/nodeLook.ts';
import { fullName, type GraphIndex } from './graphIndex.ts';

/** The second line of a card: the kind, then how it is kept or where it comes from. */
export function kindLine(node: LineageNode): string {
  const { label } = resourceLooks[node.resourceType];
  const more = node.sourceName ?? (node.resourceType === 'model' ? node.materialized : undefined);
  return more === undefined ? label : `${label} · ${more}`;
}

/** What a card says after its kind: the rows of a table that stands, otherwise the status. */
export function statusLine(node: LineageNode): string {
  const stands = node.status === 'success' || node.status === 'stale';
  return stands && node.rowCount !== undefined
    ? formatRows(node.rowCount)
    : statusLook(node.resourceType, node.status).label;
}

/** Everything a card shows and its place in the graph, in words. */
export function describeNode(node: LineageNode, index: GraphIndex): string {
  const name = (id: string) => index.byId.get(id)?.name ?? id;
  const parents = index.parents.get(node.id) ?? [];
  const children = index.children.get(node.id) ?? [];
  return [
    fullName(node),
    kindLine(node).replace(' · ', ' '),
    statusLook(node.resourceType, node.status).label,
    node.rowCount === undefined ? undefined : formatRows(node.rowCount),
    node.durationMs === undefined ? undefined : formatDuration(node.durationMs),
    summarizeTests(node.tests)?.label,
    node.message,
    list('reads from', parents.map(name)),
    list('read by', children.map(name)),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** The first few names and the number of the others: a sentence that is read aloud stays short. */
function list(words: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const others = names.length - 4;
  return `${words} ${names.slice(0, 4).join(' and ')}${others > 0 ? ` and ${String(others)} more` : ''}`;
}
