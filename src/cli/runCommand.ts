import { isFailure } from '../core/run/nodeResult.ts';
import type { RunEvent } from '../core/run/runEvent.ts';
import type { RunCommand } from '../core/run/runGraph.ts';
import { describeNode, openingLines, progressLine, resultLine, summaryLines } from './dbtConsole.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { RunRequest } from '../core/service/modelyardProject.ts';
import { indirectSelection } from './indirectOption.ts';
import type { Session } from './session.ts';

/** `build`, `run`, `test`, `seed` and `snapshot`, with dbt's console lines. */
export function runCommand(session: Session, command: RunCommand): Promise<number> {
  const { list, has } = session;
  const indirect = indirectSelection(session);
  const selection = { select: list('select'), exclude: list('exclude'), ...(indirect && { indirect }) };
  return runRequested(session, {
    command,
    ...selection,
    fullRefresh: has('full-refresh'),
    storeFailures: has('store-failures'),
  });
}

/** What a command runs. */
export type RunSubject = Pick<
  RunRequest,
  'command' | 'select' | 'exclude' | 'indirect' | 'only' | 'fullRefresh' | 'storeFailures'
>;

/** Runs what was asked for and prints how it goes. */
export async function runRequested(session: Session, subject: RunSubject): Promise<number> {
  const { project, cancellation, value, has } = session;
  const quiet = has('quiet');
  const say = (line: string): void => {
    if (!quiet) console.log(line);
  };
  const { manifest } = await project.read();
  for (const line of openingLines(manifest)) say(line);
  const outcome = await project.run({
    ...subject,
    args: {
      which: subject.command,
      select: subject.select,
      exclude: subject.exclude,
      full_refresh: subject.fullRefresh ?? false,
      store_failures: subject.storeFailures ?? false,
      ...(value('vars') === undefined ? {} : { vars: value('vars') ?? '' }),
    },
    cancellation: cancellation.token,
    onEvent: (event) => printEvent(event, say),
  });
  if (outcome.kind === 'refused' || manifest === undefined) {
    console.error('Encountered an error:');
    printDiagnostics(outcome.diagnostics);
    return 2;
  }
  const { results } = outcome;
  if (results.cancelled) {
    console.error('Cancelled: the tables and artifacts of the last run are unchanged.');
    return 1;
  }
  printDiagnostics(outcome.diagnostics.filter((one) => one.severity === 'warning' && one.code !== 'run.testWarned'));
  if (results.results.length === 0) {
    say('Nothing to do. Try checking your model configs and model specification args');
    return 0;
  }
  for (const line of summaryLines(manifest, results, subject.storeFailures ?? false)) say(line);
  return results.results.some((result) => isFailure(result.status)) ? 1 : 0;
}

function printEvent(event: RunEvent, say: (line: string) => void): void {
  switch (event.kind) {
    case 'nodeStarted':
      say(progressLine(`START ${describeNode(event.node)}`, 'RUN', event.index, event.total));
      break;
    case 'nodeFinished':
      say(resultLine(event.result, event.index, event.total));
      break;
    case 'runStarted':
    case 'sourceLoading':
    case 'sourceLoaded':
    case 'runFinished':
      break;
  }
}
