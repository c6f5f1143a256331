import { runOperation } from '../core/service/runOperation.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { openManifest } from './openProject.ts';
import { readMapping } from './options/varsOption.ts';
import type { Session } from './session.ts';

/** `run-operation MACRO`: calls a macro with the database at hand. */
export async function runOperationCommand(session: Session): Promise<number> {
  const { project, options, console } = session;
  const macro = options.argument ?? '';
  const args = readMapping('args', options.value('args'));
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const outcome = await runOperation(project, manifest, { macro, args });
  const fails = (name: 'RunningOperationCaughtError' | 'MainEncounteredError', before: string, exc: string): void =>
    console.tell(consoleEvent(name, `${before}${exc}`, { exc }));
  if (outcome.kind === 'unknown') {
    const missing = `dbt could not find a macro with the name`;
    fails(
      'RunningOperationCaughtError',
      'Encountered an error while running operation: ',
      `Runtime Error\n  ${missing} "${macro}" in any package`,
    );
    fails(
      'MainEncounteredError',
      'Encountered an error:\n',
      `Compilation Error\n  ${missing} '${macro}' in any package. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".`,
    );
    return 2;
  }
  for (const { file, range, message } of outcome.diagnostics) {
    const place = `${file}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`;
    fails(
      'RunningOperationCaughtError',
      'Encountered an error while running operation: ',
      `Compilation Error\n  ${place}: ${message}`,
    );
  }
  return outcome.ok ? 0 : 1;
}
