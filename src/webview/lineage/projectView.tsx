import { useEffect, useMemo, useRef, useState } from 'react';
import type { LineageSnapshot } from '../../protocol/lineageProtocol.ts';
import { describeNode } from './describe.ts';
import { findNodes, indexGraph, relatedTo, subgraph, type GraphIndex } from './graphIndex.ts';
import { GraphView, type GraphControls } from './graphView.tsx';
import type { Layouter } from './layouter.ts';
import type { Ask } from './ask.ts';
import { ListView } from './listView.tsx';
import { Toolbar, type LineageMode } from './toolbar.tsx';
import { useAnnouncement } from './useAnnouncement.ts';
import { useLayout } from './useLayout.ts';

type ReadySnapshot = Extract<LineageSnapshot, { readonly state: 'ready' }>;

interface ProjectViewProps {
  readonly snapshot: ReadySnapshot;
  readonly ask: Ask;
  readonly layouter: Layouter;
}

/** Of a graph larger than this, "only related" shows a few hops: more could not be read. */
const smallGraph = 150;
const hopsOfLargeGraph = 3;

const graphLabel = 'Lineage graph. Arrow keys follow the edges, Enter shows rows, O opens the file.';

/** A project's lineage with its toolbar. */
export function ProjectView({ snapshot, ask, layouter }: ProjectViewProps) {
  const [mode, setMode] = useState<LineageMode>('graph');
  const [query, setQuery] = useState('');
  const [onlyRelated, setOnlyRelated] = useState(false);
  const [activeId, setActiveId] = useState<string>();
  const [selectedId, select] = useSelection(snapshot, ask);
  const controls = useRef<GraphControls>(null);

  const whole = useMemo(() => indexGraph(snapshot.nodes, snapshot.edges), [snapshot.nodes, snapshot.edges]);
  const index = useMemo(
    () => (onlyRelated && selectedId !== undefined ? related(whole, selectedId) : whole),
    [whole, onlyRelated, selectedId],
  );
  const layout = useLayout(index, layouter);
  const matches = useMemo(() => findNodes(index, query), [index, query]);
  const found = useMemo(
    () => (query.trim() === '' ? undefined : new Set(matches.map((node) => node.id))),
    [query, matches],
  );
  const stop = index.byId.has(activeId ?? '') ? activeId : (selectedId ?? index.nodes[0]?.id);
  const selected = selectedId === undefined ? undefined : whole.byId.get(selectedId);
  const announcement = useAnnouncement(
    selected === undefined ? undefined : `Selected ${describeNode(selected, whole)}`,
    snapshot,
    found === undefined ? undefined : `${String(matches.length)} of ${String(index.nodes.length)} nodes found`,
  );

  // A node that the host selects is moved into view; one that was clicked is there already.
  useEffect(() => {
    if (snapshot.selectedId !== undefined) controls.current?.show(snapshot.selectedId, false);
  }, [snapshot.selectedId]);

  const goToNextMatch = () => {
    const at = matches.findIndex((node) => node.id === activeId);
    const next = matches[(at + 1) % matches.length]?.id ?? (query.trim() === '' ? stop : undefined);
    if (next === undefined) return;
    setActiveId(next);
    controls.current?.show(next, query.trim() === '');
  };
  const onSelected = (act: (id: string) => void) => () => {
    if (selectedId !== undefined) act(selectedId);
  };
  const shared = {
    index,
    selectedId,
    activeId: stop,
    found,
    onActive: setActiveId,
    onSelect: select,
    onOpen: (id: string) => ask('open', { id }),
  };

  return (
    <>
      <Toolbar
        query={query}
        matches={found === undefined ? undefined : `${String(matches.length)} of ${String(index.nodes.length)}`}
        mode={mode}
        onlyRelated={onlyRelated}
        selected={selected}
        run={snapshot.run}
        canRun={snapshot.canRun}
        onQuery={setQuery}
        onQueryEnter={goToNextMatch}
        onMode={setMode}
        onOnlyRelated={setOnlyRelated}
        onPreview={onSelected((id) => ask('preview', { id }))}
        onRun={onSelected((id) => ask('run', { id }))}
        onTest={onSelected((id) => ask('test', { id }))}
        onOpen={onSelected((id) => ask('open', { id }))}
        onBuild={() => ask('build', {})}
        onCancel={() => ask('cancel', null)}
        onFit={() => controls.current?.fit()}
        onZoom={(factor) => controls.current?.zoom(factor)}
      />
      <div className="content">
        {whole.nodes.length === 0 ? (
          <div className="state">
            <h2>{snapshot.projectName} has no models yet</h2>
            <p className="muted">Add a .sql file under models/, and it appears here.</p>
          </div>
        ) : mode === 'list' || layout.failure !== undefined ? (
          <ListView {...shared} />
        ) : layout.positions === undefined ? null : (
          <GraphView
            {...shared}
            label={graphLabel}
            positions={layout.positions}
            layoutKey={layout.key}
            controls={controls}
          />
        )}
      </div>
      {layout.failure === undefined || mode === 'list' ? null : (
        <div className="notice" role="status">
          <span className="ellipsis" title={layout.failure}>
            The graph could not be laid out, so the nodes are shown as a list.
          </span>
        </div>
      )}
      <div className="spoken" role="status">
        {announcement}
      </div>
    </>
  );
}

function related(whole: GraphIndex, id: string): GraphIndex {
  return subgraph(whole, relatedTo(whole, id, whole.nodes.length > smallGraph ? hopsOfLargeGraph : Infinity));
}

/** The selected node: at once what was clicked, then what the host says. */
function useSelection(snapshot: ReadySnapshot, ask: Ask): [string | undefined, (id: string) => void] {
  const [clicked, setClicked] = useState<string>();
  // News of a run may overtake the answer to a click: only another selection, or another project, takes it back.
  useEffect(() => setClicked(undefined), [snapshot.selectedId, snapshot.generation]);
  return [
    clicked ?? snapshot.selectedId,
    (id) => {
      setClicked(id);
      ask('select', { id });
    },
  ];
}
