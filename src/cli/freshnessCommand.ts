import path from 'node:path';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import type { Manifest } from '../core/compile/manifest.ts';
import type { Freshness, FreshnessStatus } from '../core/run/measureFreshness.ts';
import { sourceFreshness, type FreshnessEvent } from '../core/service/sourceFreshness.ts';
import { consoleEvent, emptyLine, type ConsoleEvent, type ConsoleLevel } from './console/consoleEvent.ts';
import { counted } from './console/counted.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { progressText } from './console/nodeEvents.ts';
import { concurrencyEvents } from './console/openingEvents.ts';
import { finishedText } from './console/summaryEvents.ts';
import { nodeFiles } from './nodeFiles.ts';
import { nothingToDo, openManifest } from './openProject.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `source freshness`: how old the sources' data is, with dbt's lines; gives 1 when one is stale or cannot be asked. */
export async function freshnessCommand(session: Session): Promise<number> {
  const { project, options, console, cancellation } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const output = options.value('output');
  const { dir, base } = path.parse(path.resolve(output ?? ''));
  const write = output === undefined ? {} : { write: (text: string) => nodeFiles(dir).write(base, text) };
  try {
    const outcome = await sourceFreshness(project, {
      ...selectionOf(options),
      ...write,
      cancellation: cancellation.token,
      onEvent: (event) => tell(session, manifest, event),
    });
    if (outcome.kind === 'refused') {
      console.tell(errorEvent(outcome.diagnostics));
      return 2;
    }
    return end(session, outcome.results, outcome.seconds);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    process.stderr.write('Cancelled.\n');
    return 1;
  }
}

function tell({ console }: Session, manifest: Manifest, event: FreshnessEvent): void {
  const { width } = console.style;
  switch (event.kind) {
    case 'selected':
      console.tell(...warningEvents(event.diagnostics));
      if (event.sources.length > 0) console.tell(...concurrencyEvents(manifest, event.sources.length));
      break;
    case 'started': {
      const { index, total, source } = event;
      const description = `freshness of ${source.sourceName}.${source.name}`;
      const text = progressText(`START ${description}`, 'RUN', { index, total, width });
      console.tell(consoleEvent('LogStartLine', text, { description, index, total }));
      break;
    }
    case 'finished':
      console.tell(endEvent(event.result, { index: event.index, total: event.total, width }));
  }
}

const words: Readonly<Record<FreshnessStatus, string>> = {
  pass: 'PASS',
  warn: 'WARN',
  error: 'ERROR STALE',
  'runtime error': 'ERROR',
};

const levels: Readonly<Record<FreshnessStatus, ConsoleLevel>> = {
  pass: 'info',
  warn: 'warn',
  error: 'error',
  'runtime error': 'error',
};

function endEvent(result: Freshness, turn: Parameters<typeof progressText>[2]): ConsoleEvent {
  const { source, status, startedAt, completedAt } = result;
  const seconds = (completedAt - startedAt) / 1000;
  const word = words[status];
  const text = progressText(`${word} freshness of ${source.sourceName}.${source.name}`, word, turn, seconds);
  const { index, total } = turn;
  const data = {
    status,
    source_name: source.sourceName,
    table_name: source.name,
    index,
    total,
    execution_time: seconds,
  };
  return consoleEvent('LogFreshnessResult', text, data, levels[status]);
}

function end(session: Session, results: readonly Freshness[], seconds: number): number {
  const { console } = session;
  let code = 0;
  if (results.length === 0) {
    code = nothingToDo(session);
    if (code !== 0) return code;
  } else {
    const { text, data } = finishedText(counted(results.length, 'source'), seconds);
    console.tell(emptyLine, consoleEvent('FinishedRunningStats', text, data));
  }
  for (const result of results) console.tell(...problemOf(result));
  console.tell(consoleEvent('FreshnessCheckComplete', 'Done.'));
  return results.some(({ status }) => levels[status] === 'error') ? 1 : code;
}

function problemOf({ source, status, message = '' }: Freshness): readonly ConsoleEvent[] {
  const place = `source ${source.name} (${source.originalFilePath})`;
  if (status === 'error')
    return [
      emptyLine,
      consoleEvent('RunResultFailure', `Failure in ${place}`, { resource_type: 'source', node_name: source.name }),
      consoleEvent('RunResultErrorNoMessage', `  Status: ${status}`, { status }),
    ];
  if (status !== 'runtime error') return [];
  const msg = `Runtime Error in ${place}\n  ${message}`;
  return [emptyLine, consoleEvent('RunResultError', `  ${msg}`, { msg })];
}
