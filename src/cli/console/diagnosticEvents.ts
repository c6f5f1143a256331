import { formatDiagnostic, type Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { eventName } from '../../core/diagnostics/warningRules.ts';
import { consoleEvent, events, type ConsoleEvent, type EventName } from './consoleEvent.ts';

/** Warnings as events, by dbt's name where dbt has the same warning. */
export function warningEvents(diagnostics: readonly Diagnostic[]): readonly ConsoleEvent[] {
  return diagnostics
    .filter(({ severity, code }) => severity === 'warning' && code !== 'run.testWarned')
    .map((one) => {
      return consoleEvent(knownEvent(eventName(one.code)) ?? 'Note', textOf(one), { msg: one.message }, 'warn');
    });
}

/** What is said of an option's words has no place in a file. */
function textOf(one: Diagnostic): string {
  return one.file.startsWith('--') ? one.message : formatDiagnostic(one);
}

function knownEvent(name: string | undefined): EventName | undefined {
  return name !== undefined && Object.hasOwn(events, name) ? (name as EventName) : undefined;
}

/** What stopped a command. */
export function errorEvent(diagnostics: readonly Diagnostic[]): ConsoleEvent {
  const faults = diagnostics.filter(({ severity }) => severity === 'error').map(textOf);
  const exc = faults.join('\n');
  return consoleEvent('MainEncounteredError', `Encountered an error:\n${exc}`, { exc });
}
