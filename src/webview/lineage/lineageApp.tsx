import { useCallback, useState } from 'react';
import type { LineageSnapshot } from '../../protocol/lineageProtocol.ts';
import type { Ask, Send } from './ask.ts';
import { DagView } from './dagView.tsx';
import { EmptyState } from './emptyState.tsx';
import { IconButton } from './iconButton.tsx';
import type { Layouter } from './layouter.ts';
import { ProjectView } from './projectView.tsx';

interface LineageAppProps {
  readonly snapshot: LineageSnapshot;
  readonly send: Send;
  readonly layouter: Layouter;
}

/** The page: a project's lineage, a DAG that is to be written, or what stands in their place, and the last wish that failed. */
export function LineageApp({ snapshot, send, layouter }: LineageAppProps) {
  const [failure, setFailure] = useState<string>();
  const ask = useCallback<Ask>(
    (method, params) => {
      setFailure(undefined);
      send(method, params).catch((error: unknown) =>
        setFailure(error instanceof Error ? error.message : String(error)),
      );
    },
    [send],
  );
  return (
    <div className="app">
      {snapshot.state === 'ready' ? (
        <ProjectView snapshot={snapshot} ask={ask} layouter={layouter} />
      ) : snapshot.state === 'dag' ? (
        <DagView dag={snapshot} onDecided={(write) => ask('decideDag', { write })} layouter={layouter} />
      ) : (
        <EmptyState
          snapshot={snapshot}
          onAction={(action) => ask('act', { action })}
          onLocation={(location) => ask('openLocation', location)}
        />
      )}
      {failure === undefined ? null : (
        <div className="notice over" role="alert">
          <span className="ellipsis" title={failure}>
            {failure}
          </span>
          <IconButton icon="close" label="Dismiss" onPress={() => setFailure(undefined)} />
        </div>
      )}
    </div>
  );
}
