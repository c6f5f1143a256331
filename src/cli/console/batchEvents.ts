import type { Manifest } from '../../core/compile/manifest.ts';
import { batchPath } from '../../core/compile/compiledPath.ts';
import type { RunEvent } from '../../core/run/runEvent.ts';
import { describeBatch } from '../../core/run/runMicrobatch.ts';
import { consoleEvent, type ConsoleEvent } from './consoleEvent.ts';
import { nodeInfo, progressText } from './nodeEvents.ts';

type Of<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>;

/** What begins a batch of a microbatch model. */
export function batchStartEvent(manifest: Manifest, event: Of<'batchStarted'>, width: number): ConsoleEvent {
  const { node, batch, index, total } = event;
  const description = describeBatch(node, batch);
  const data = {
    description,
    batch_index: index,
    total_batches: total,
    node_info: nodeInfo(manifest, node, 'started'),
  };
  return consoleEvent(
    'LogStartBatch',
    `Batch ${progressText(`START ${description}`, 'RUN', { index, total, width })}`,
    data,
  );
}

const endings = {
  success: { verb: 'OK created', mark: 'OK' },
  error: { verb: 'ERROR creating', mark: 'ERROR' },
  skipped: { verb: 'SKIP', mark: 'SKIPPED' },
} as const;

/** What ends a batch, and before it why it could not be built. */
export function batchEndEvents(manifest: Manifest, event: Of<'batchFinished'>, width: number): readonly ConsoleEvent[] {
  const { node, batch, result, index, total } = event;
  const { status, seconds } = result;
  const description = describeBatch(node, batch);
  const { verb, mark } = endings[status];
  const info = nodeInfo(manifest, node, status);
  const data = {
    description,
    status: status === 'success' ? mark : status,
    batch_index: index,
    total_batches: total,
    execution_time: seconds,
    node_info: info,
  };
  const text = `Batch ${progressText(`${verb} ${description}`, mark, { index, total, width }, seconds)}`;
  const line = consoleEvent('LogBatchResult', text, data, status === 'error' ? 'error' : 'info');
  if (status !== 'error') return [line];
  const exc = result.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ file, range: { start }, message }) =>
        `${file}:${String(start.line + 1)}:${String(start.character + 1)}: ${message}`,
    )
    .join('\n');
  const where = result.compiledCode === undefined ? node.uniqueId : batchPath(manifest, node, batch);
  const failed = `Unhandled error while executing ${where}\n${exc}`;
  return [consoleEvent('GenericExceptionOnRun', failed, { unique_id: node.uniqueId, exc, node_info: info }), line];
}
