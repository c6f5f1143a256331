import type { Manifest } from '../core/compile/manifest.ts';
import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import { fateOf } from '../core/diagnostics/warningRules.ts';
import type { ConsoleEvent } from './console/consoleEvent.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { openingEvents } from './console/openingEvents.ts';
import { warningRules } from './options/warningOption.ts';
import type { Session } from './session.ts';

/** Reads the project and tells what begins every command; undefined when it cannot be used, which is told. */
export async function openManifest({ project, console }: Session): Promise<Manifest | undefined> {
  console.tell(...openingEvents(undefined));
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined || hasErrors(diagnostics)) {
    console.tell(errorEvent(diagnostics));
    return undefined;
  }
  console.tell(...warningEvents(diagnostics), ...openingEvents(manifest).slice(1));
  return manifest;
}

/** Tells that the selection names nothing, and gives the exit code. */
export function nothingToDo(session: Session): number {
  const text = 'Nothing to do. Try checking your model configs and model specification args';
  return warn(session, consoleEvent('NothingToDo', text));
}

/** Tells a warning that is no fault of a file's, and gives the exit code: 2 where `--warn-error` makes it an error. */
export function warn({ console, options }: Session, event: ConsoleEvent): number {
  const rules = warningRules(options);
  const fate = rules === undefined ? 'warn' : fateOf(event.name, rules);
  if (fate === 'error') {
    const exc = `Compilation Error\n  ${event.message}`;
    console.tell(consoleEvent('MainEncounteredError', `Encountered an error:\n${exc}`, { exc }));
    return 2;
  }
  if (fate === 'warn') console.tell(event);
  return 0;
}
