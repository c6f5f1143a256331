import fs from 'node:fs/promises';
import path from 'node:path';
import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import type { ProjectConfig } from '../core/project/projectConfig.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { errorEvent } from './console/diagnosticEvents.ts';
import { openingEvents } from './console/openingEvents.ts';
import type { Session } from './session.ts';

/**
 * dbt's `clean`, by dbt's own flags (core/dbt/task/clean.py): removes the folders of `clean-targets`. What holds the
 * project's own files is never removed, and with `--clean-project-files-only` nothing outside the project.
 */
export async function removeTargets({ project, folder, options, console }: Session): Promise<number> {
  console.tell(...openingEvents(undefined));
  const { project: read, diagnostics } = await project.read();
  if (read === undefined) {
    console.tell(errorEvent(diagnostics.filter(({ severity }) => severity === 'error')));
    return hasErrors(diagnostics) ? 2 : 0;
  }
  const targets = [...new Set(read.config.cleanTargets.map((one) => path.resolve(folder, one)))];
  const fault = faultOf(targets, folder, read.config, options.has('clean-project-files-only'));
  if (fault !== undefined) {
    console.tell(consoleEvent('MainEncounteredError', `Encountered an error:\n${fault}`, { exc: fault }));
    return 2;
  }
  for (const target of targets) {
    console.tell(consoleEvent('CheckCleanPath', `Checking ${target}/*`, { path: target }));
    await fs.rm(target, { recursive: true, force: true });
    console.tell(consoleEvent('ConfirmCleanPath', `Cleaned ${target}/*`, { path: target }));
  }
  console.tell(consoleEvent('FinishedCleanPaths', 'Finished cleaning all paths.'));
  return 0;
}

/** Why nothing is removed; undefined when it may be. */
function faultOf(
  targets: readonly string[],
  folder: string,
  config: ProjectConfig,
  isInsideOnly: boolean,
): string | undefined {
  const sources = [
    ...config.modelPaths,
    ...config.seedPaths,
    ...config.snapshotPaths,
    ...config.analysisPaths,
    ...config.macroPaths,
    ...config.testPaths,
  ].map((one) => path.resolve(folder, one));
  // The project itself and what holds it hold its sources too.
  const holds = (target: string): boolean => [folder, ...sources].some((one) => isWithin(one, target));
  const kept = targets.filter(holds);
  if (kept.length > 0) return `dbt will not clean the following source paths: ${listed(kept)}`;
  const outside = targets.filter((one) => !isWithin(one, folder));
  if (isInsideOnly && outside.length > 0)
    return `dbt will not clean the following directories outside the project: ${listed(outside)}`;
  return undefined;
}

/** True for a path that is the folder or below it. */
function isWithin(one: string, folder: string): boolean {
  const relative = path.relative(folder, one);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function listed(paths: readonly string[]): string {
  return `[${paths.map((one) => `'${one}'`).join(', ')}]`;
}
