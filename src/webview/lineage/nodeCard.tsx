import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { LineageNode } from '../../protocol/lineageProtocol.ts';
import { resourceLooks } from '../shared/nodeLook.ts';
import { kindLine } from './describe.ts';
import { Icon } from './icon.tsx';
import { StatusFact } from './statusFact.tsx';
import { TestBadge } from './testBadge.tsx';

/** Where the keyboard is to go, and who is told when a card that had it goes away. */
export interface CardFocus {
  /** The card that takes the focus as soon as it is drawn. */
  readonly wanted: RefObject<string | undefined>;
  /** The one card that is a tab stop was drawn, or went out of sight. */
  readonly onActive: (drawn: boolean) => void;
  /** A card went out of sight that had the focus. */
  readonly onLost: () => void;
}

export interface CardData extends Record<string, unknown> {
  readonly node: LineageNode;
  /** What a screen reader adds to the card's words. */
  readonly description: string;
  readonly selected: boolean;
  /** The tab stop of the graph. */
  readonly active: boolean;
  /** Not among what is searched for. */
  readonly dimmed: boolean;
  readonly focus: CardFocus;
}

export type CardNode = Node<CardData, 'card'>;

/** One node of the lineage. It has a fixed size (`cardSize`), so that nothing is measured and nothing moves. */
export const NodeCard = memo(function NodeCard({ data }: NodeProps<CardNode>) {
  const { node, description, selected, active, dimmed, focus } = data;
  const element = useRef<HTMLDivElement>(null);
  const isTask = node.resourceType === 'task';
  useEffect(() => {
    if (focus.wanted.current !== node.id) return;
    focus.wanted.current = undefined;
    element.current?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (!active) return;
    focus.onActive(true);
    return () => focus.onActive(false);
  }, [active, focus]);
  useLayoutEffect(() => {
    const drawn = element.current;
    return () => {
      if (drawn === document.activeElement) focus.onLost();
    };
  }, [focus]);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div
        ref={element}
        className="card"
        role="button"
        tabIndex={active ? 0 : -1}
        aria-pressed={selected}
        aria-description={description}
        title={node.message ?? node.command ?? node.name}
        data-node={node.id}
        data-status={isTask ? undefined : node.status}
        data-dimmed={dimmed || undefined}
      >
        <Icon name={resourceLooks[node.resourceType].icon} tone="muted" />
        <span className="name ellipsis">{node.name}</span>
        <span className="facts">
          <span className="kind muted ellipsis">{kindLine(node)}</span>
          {isTask ? null : <StatusFact node={node} short />}
          <TestBadge tests={node.tests} />
        </span>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
});
