import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DagSnapshot, LineageNode } from '../../protocol/lineageProtocol.ts';
import { describeNode } from './describe.ts';
import { indexGraph } from './graphIndex.ts';
import { GraphView, type GraphControls } from './graphView.tsx';
import { IconButton } from './iconButton.tsx';
import type { Layouter } from './layouter.ts';
import { useLayout } from './useLayout.ts';

interface DagViewProps {
  readonly dag: DagSnapshot;
  readonly onDecided: (write: boolean) => void;
  readonly layouter: Layouter;
}

/** The tasks of a DAG before it is written, in the order of their runs: what is shown is what is written, or not. */
export function DagView({ dag, onDecided, layouter }: DagViewProps) {
  const { dagId, schedule, tasks } = dag;
  const [activeId, setActiveId] = useState<string>();
  const [selectedId, setSelectedId] = useState<string>();
  const controls = useRef<GraphControls>(null);
  const index = useMemo(
    () =>
      indexGraph(
        tasks.map(taskNode),
        tasks.flatMap(({ id, after }) => after.map((from) => ({ from, to: id }))),
      ),
    [tasks],
  );
  const layout = useLayout(index, layouter);
  const stop = index.byId.has(activeId ?? '') ? activeId : index.nodes[0]?.id;
  const selected = index.byId.get(selectedId ?? '');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDecided(false);
  };
  return (
    <div className="dag" onKeyDown={onKeyDown}>
      <div className="toolbar" role="toolbar" aria-label="Airflow DAG">
        <h2 className="dagTitle ellipsis" title={`${dagId}, ${schedule}`}>
          {dagId} <span className="muted">{`${schedule} · ${taskCount(tasks.length)}`}</span>
        </h2>
        <span className="gap" />
        <div className="group view">
          <IconButton
            icon="zoomOut"
            label="Zoom out"
            className="zoom"
            onPress={() => controls.current?.zoom(1 / 1.25)}
          />
          <IconButton icon="zoomIn" label="Zoom in" className="zoom" onPress={() => controls.current?.zoom(1.25)} />
          <IconButton icon="screenFull" label="Fit everything" onPress={() => controls.current?.fit()} />
        </div>
        <button type="button" className="button" onClick={() => onDecided(false)}>
          Cancel
        </button>
        <button type="button" className="button primary" onClick={() => onDecided(true)}>
          Write DAG…
        </button>
      </div>
      <div className="content">
        {layout.failure !== undefined ? (
          <ol className="dagTasks">
            {index.nodes.map(({ id, command }) => (
              <li key={id}>
                {id} <span className="muted">{command}</span>
              </li>
            ))}
          </ol>
        ) : layout.positions === undefined ? null : (
          <GraphView
            label="The tasks of the DAG. Arrow keys follow their order, Escape writes nothing."
            index={index}
            positions={layout.positions}
            layoutKey={layout.key}
            selectedId={selectedId}
            activeId={stop}
            found={undefined}
            onActive={setActiveId}
            onSelect={setSelectedId}
            onOpen={() => undefined}
            controls={controls}
          />
        )}
      </div>
      <div className="spoken" role="status">
        {selected === undefined ? `${dagId}, ${taskCount(tasks.length)}` : describeNode(selected, index)}
      </div>
    </div>
  );
}

function taskCount(tasks: number): string {
  return tasks === 1 ? '1 task' : `${String(tasks)} tasks`;
}

function taskNode({ id, command }: DagSnapshot['tasks'][number]): LineageNode {
  return { id, name: id, resourceType: 'task', command, columns: [], status: 'none', tests: [] };
}
