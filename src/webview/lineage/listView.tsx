import { useEffect, useRef, type KeyboardEvent } from 'react';
import { formatDuration } from '../shared/format.ts';
import { resourceLooks } from '../shared/nodeLook.ts';
import { describePlace, kindLine } from './describe.ts';
import { fullName, type GraphIndex } from './graphIndex.ts';
import { Icon } from './icon.tsx';
import { StatusFact } from './statusFact.tsx';
import { TestBadge } from './testBadge.tsx';

interface ListViewProps {
  readonly index: GraphIndex;
  readonly selectedId: string | undefined;
  readonly activeId: string | undefined;
  readonly found: ReadonlySet<string> | undefined;
  readonly onActive: (id: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The lineage as a list in the order of building: the same facts and the same keys, for those who do not see graphs. */
export function ListView({ index, selectedId, activeId, found, onActive, onSelect, onOpen }: ListViewProps) {
  const list = useRef<HTMLDivElement>(null);
  const shown = index.nodes.filter((node) => found === undefined || found.has(node.id));
  const stop = shown.some((node) => node.id === activeId) ? activeId : shown[0]?.id;
  const active = shown.findIndex((node) => node.id === stop);

  useEffect(() => {
    const option = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    option?.scrollIntoView({ block: 'nearest' });
    // The focus follows the active option only if the list has it already.
    if (list.current?.contains(document.activeElement) === true) option?.focus({ preventScroll: true });
  }, [stop]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (stop === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = {
      ArrowUp: shown[active - 1]?.id,
      ArrowDown: shown[active + 1]?.id,
      ArrowLeft: index.parents.get(stop)?.find((id) => found?.has(id) ?? true),
      ArrowRight: index.children.get(stop)?.find((id) => found?.has(id) ?? true),
      Home: shown[0]?.id,
      End: shown.at(-1)?.id,
    };
    if (event.key in target) {
      const next = target[event.key as keyof typeof target];
      if (next !== undefined) onActive(next);
    } else if (event.key === 'Enter' || event.key === ' ') onSelect(stop);
    else if (event.key === 'o' || event.key === 'F12') onOpen(stop);
    else return;
    event.preventDefault();
  };

  return (
    <div className="list">
      <div className="listHead muted" aria-hidden="true">
        <span>Name</span>
        <span className="kind">Kind</span>
        <span>Status</span>
        <span>Tests</span>
        <span className="time">Time</span>
        <span className="parents">Reads from</span>
      </div>
      <div ref={list} role="listbox" aria-label="Nodes in the order of building" onKeyDown={onKeyDown}>
        {shown.map((node) => (
          <div
            key={node.id}
            className="listRow"
            role="option"
            aria-selected={node.id === selectedId}
            aria-description={describePlace(node, index)}
            tabIndex={node.id === stop ? 0 : -1}
            title={node.message}
            data-node={node.id}
            onClick={() => {
              onActive(node.id);
              onSelect(node.id);
            }}
            onDoubleClick={() => onOpen(node.id)}
          >
            <span className="withIcon">
              <Icon name={resourceLooks[node.resourceType].icon} tone="muted" />
              <span className="ellipsis">{fullName(node)}</span>
            </span>
            <span className="kind ellipsis muted">{kindLine(node)}</span>
            <StatusFact node={node} />
            <span className="withIcon">
              <TestBadge tests={node.tests} />
            </span>
            <span className="time figures muted">
              {node.durationMs === undefined ? '' : formatDuration(node.durationMs)}
            </span>
            <span className="parents ellipsis muted">
              {(index.parents.get(node.id) ?? []).map((id) => index.byId.get(id)?.name).join(', ')}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
