import type { KeyboardEvent } from 'react';
import type { LineageNode, LineageRun } from '../../protocol/lineageProtocol.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';

/** What the toolbar's buttons do. */
export interface ToolbarActions {
  readonly onQuery: (text: string) => void;
  /** Goes to the next node that was found, or into the graph. */
  readonly onQueryEnter: () => void;
  readonly onMode: (mode: LineageMode) => void;
  readonly onOnlyRelated: (on: boolean) => void;
  readonly onPreview: () => void;
  readonly onRun: () => void;
  readonly onTest: () => void;
  readonly onOpen: () => void;
  readonly onBuild: () => void;
  readonly onCancel: () => void;
  readonly onFit: () => void;
  readonly onZoom: (factor: number) => void;
}

export type LineageMode = 'graph' | 'list';

interface ToolbarProps extends ToolbarActions {
  readonly query: string;
  /** `2 of 7` while something is searched for. */
  readonly matches: string | undefined;
  readonly mode: LineageMode;
  readonly onlyRelated: boolean;
  readonly selected: LineageNode | undefined;
  readonly run: LineageRun | undefined;
  readonly canRun: boolean;
}

/** Search, the way of showing, what can be done with the selected node, and what can be done with the project. */
export function Toolbar(props: ToolbarProps) {
  const { query, matches, mode, onlyRelated, selected, run, canRun } = props;
  const name = selected?.name ?? '';
  const idle = canRun && run === undefined;
  const builds = selected !== undefined && selected.resourceType !== 'source' && selected.resourceType !== 'exposure';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') props.onQueryEnter();
    else if (event.key === 'Escape' && query !== '') props.onQuery('');
    else return;
    event.preventDefault();
  };
  return (
    <div className="toolbar" role="toolbar" aria-label="Lineage">
      <div className="search">
        <Icon name="search" tone="muted" />
        <input
          type="search"
          placeholder="Find node"
          aria-label="Find node"
          value={query}
          onChange={(event) => props.onQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {matches === undefined ? null : <span className="matches muted figures">{matches}</span>}
      </div>
      <div className="group">
        <IconButton
          icon="hierarchy"
          label="Show as graph"
          pressed={mode === 'graph'}
          onPress={() => props.onMode('graph')}
        />
        <IconButton
          icon="listFlat"
          label="Show as list"
          pressed={mode === 'list'}
          onPress={() => props.onMode('list')}
        />
        <IconButton
          icon="target"
          label="Show only what is related to the selected node"
          className="onlyRelated"
          pressed={onlyRelated}
          disabled={selected === undefined && !onlyRelated}
          onPress={() => props.onOnlyRelated(!onlyRelated)}
        />
      </div>
      {mode === 'list' ? null : (
        <div className="group view">
          <IconButton icon="zoomOut" label="Zoom out" className="zoom" onPress={() => props.onZoom(1 / 1.25)} />
          <IconButton icon="zoomIn" label="Zoom in" className="zoom" onPress={() => props.onZoom(1.25)} />
          <IconButton icon="screenFull" label="Fit everything" onPress={props.onFit} />
        </div>
      )}
      <span className="gap" />
      {selected === undefined ? null : (
        <div className="group nodeActions" role="group" aria-label={name}>
          <IconButton icon="preview" label={`Preview ${name}`} disabled={!idle} onPress={props.onPreview} />
          {builds ? <IconButton icon="play" label={`Run ${name}`} disabled={!idle} onPress={props.onRun} /> : null}
          {selected.tests.length === 0 ? null : (
            <IconButton icon="beaker" label={`Test ${name}`} disabled={!idle} onPress={props.onTest} />
          )}
          {selected.location === undefined ? null : (
            <IconButton icon="goToFile" label={`Open ${selected.location.file}`} onPress={props.onOpen} />
          )}
        </div>
      )}
      {run === undefined ? (
        <IconButton
          icon="runAll"
          label={canRun ? 'Build the project' : 'Trust this workspace to build the project'}
          text="Build"
          className="build"
          disabled={!canRun}
          onPress={props.onBuild}
        />
      ) : (
        <IconButton
          icon="stop"
          label={`Stop ${run.label}, ${String(run.done)}/${String(run.total)}`}
          text={`${String(run.done)}/${String(run.total)}`}
          className="build figures"
          onPress={props.onCancel}
        />
      )}
      {run === undefined ? null : (
        <progress className="progress" aria-label={run.label} value={run.done} max={Math.max(run.total, 1)} />
      )}
    </div>
  );
}
