import { isFailure } from '../core/run/nodeResult.ts';
import type { RunEvent } from '../core/run/runEvent.ts';
import type { RunCommand } from '../core/run/runGraph.ts';
import { describeNode, foundLine, progressLine, resultLine, summaryLines } from './dbtConsole.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';
import { version } from './version.ts';

/** `build`, `run`, `test`, `seed` and `snapshot`, with dbt's console lines. */
export async function runCommand(session: Session, command: RunCommand): Promise<number> {
  const { project, cancellation, list, has } = session;
  const quiet = has('quiet');
  const say = (line: string): void => {
    if (!quiet) console.log(line);
  };
  say(`Running with modelyard=${version}`);
  const { manifest } = await project.read();
  if (manifest !== undefined) {
    say(foundLine(manifest));
    say('');
    say(`Concurrency: 1 threads (target='${manifest.project.target.name}')`);
    say('');
  }
  const outcome = await project.run({
    command,
    select: list('select'),
    exclude: list('exclude'),
    fullRefresh: has('full-refresh'),
    args: { which: command, select: list('select'), exclude: list('exclude') },
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
  for (const line of summaryLines(manifest, results)) say(line);
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
