import type { Manifest } from '../core/compile/manifest.ts';
import { endsFailFast, isFailure } from '../core/run/nodeResult.ts';
import type { RunEvent } from '../core/run/runEvent.ts';
import type { RunCommand } from '../core/run/runGraph.ts';
import type { RunRequest } from '../core/service/modelyardProject.ts';
import { readSelectors } from '../core/select/readSelectors.ts';
import { consoleEvent, emptyLine, type ConsoleEvent } from './console/consoleEvent.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { hookEndEvents, hookStartEvents } from './console/hookEvents.ts';
import { endEvent, startEvent } from './console/nodeEvents.ts';
import { batchEndEvents, batchStartEvent } from './console/batchEvents.ts';
import { concurrencyEvents } from './console/openingEvents.ts';
import { problemEvents, summaryEvents } from './console/summaryEvents.ts';
import { eventTimeOf } from './options/eventTimeOption.ts';
import type { Options } from './options/resolveOptions.ts';
import { nothingToDo, openManifest } from './openProject.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `build`, `run`, `test`, `seed` and `snapshot`, with dbt's console lines. */
export function runCommand(session: Session, command: RunCommand): Promise<number> {
  return runRequested(session, {
    command,
    ...selectionOf(session.options),
    ...runningOptions(session.options),
  });
}

/** What a command runs. */
export type RunSubject = Omit<RunRequest, 'args' | 'cancellation' | 'onEvent' | 'onSelected'>;

/** Options of a run, as it takes them. */
export function runningOptions(
  options: Options,
): Pick<RunSubject, 'fullRefresh' | 'storeFailures' | 'empty' | 'failFast' | 'eventTime'> {
  return {
    fullRefresh: options.has('full-refresh'),
    storeFailures: options.has('store-failures'),
    empty: options.has('empty'),
    failFast: options.has('fail-fast'),
    eventTime: eventTimeOf(options),
  };
}

/** Runs what was asked for and prints how it goes. */
export async function runRequested(session: Session, subject: RunSubject): Promise<number> {
  const { project, console, cancellation } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  console.tell(...defaultSelector(manifest, subject));
  const outcome = await project.run({
    ...subject,
    cancellation: cancellation.token,
    onSelected: (found) => console.tell(...warningEvents(found)),
    onEvent: (event) => tellRunEvent(session, manifest, event),
  });
  if (outcome.kind === 'refused') {
    console.tell(errorEvent(outcome.diagnostics));
    return 2;
  }
  const { results } = outcome;
  if (results.cancelled) {
    process.stderr.write('Cancelled: the tables and artifacts of the last run are unchanged.\n');
    return 1;
  }
  if (results.results.length === 0) {
    return nothingToDo(session);
  }
  const stopper = subject.failFast === true ? results.results.find(({ status }) => endsFailFast(status)) : undefined;
  if (stopper !== undefined)
    console.tell(emptyLine, ...problemEvents(manifest, stopper, subject.storeFailures ?? false));
  const told = new Set((await project.read()).diagnostics);
  const later = outcome.diagnostics.filter((one) => one.severity === 'warning' && !told.has(one));
  console.tell(...warningEvents(later.filter(({ code }) => code !== 'compile.selectsNothing')));
  console.tell(...summaryEvents(manifest, results, subject.storeFailures ?? false));
  return results.results.some((result) => isFailure(result.status)) ? 1 : 0;
}

/** dbt says when the default of selectors.yml is what is run. */
function defaultSelector(
  { project }: Manifest,
  { select, exclude, selector, only }: RunSubject,
): readonly ConsoleEvent[] {
  const { selectors } = project;
  if (selectors === undefined || selector !== undefined || only !== undefined) return [];
  const { defaultName: name } = readSelectors(selectors).value;
  if (name === undefined || select.length > 0 || exclude.length > 0) return [];
  return [consoleEvent('DefaultSelector', `Using default selector ${name}`, { name })];
}

function tellRunEvent({ console }: Session, manifest: Manifest, event: RunEvent): void {
  const { width } = console.style;
  switch (event.kind) {
    case 'runStarted':
      if (event.nodes.length > 0) console.tell(...concurrencyEvents(manifest, event.nodes.length));
      break;
    case 'nodeStarted':
      console.tell(startEvent(manifest, event.node, { index: event.index, total: event.total, width }));
      break;
    case 'nodeFinished':
      console.tell(endEvent(manifest, event.result, { index: event.index, total: event.total, width }));
      break;
    case 'batchStarted':
      console.tell(batchStartEvent(manifest, event, width));
      break;
    case 'batchFinished':
      console.tell(...batchEndEvents(manifest, event, width));
      break;
    case 'hookStarted':
      console.tell(...hookStartEvents(event.node, { index: event.index, total: event.total, width }));
      break;
    case 'hookFinished':
      console.tell(...hookEndEvents(event.node, event.result, { index: event.index, total: event.total, width }));
      break;
    case 'sourceLoading':
    case 'sourceLoaded':
    case 'runFinished':
      break;
  }
}
