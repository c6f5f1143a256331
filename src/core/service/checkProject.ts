import type { Cancellation } from '../diagnostics/cancellation.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { checkData, type CheckHost, type CheckReport } from '../quality/checkData.ts';
import type { TestingContext } from '../quality/failingRows.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** What looking at a project's data needs; the database is one of its own. */
export type DataContext = Omit<TestingContext, 'tables'>;

/**
 * Whether a file of the project could not be read, so that sources or rules may be missing from what is known. A fault
 * in a model or test concerns that alone.
 */
export function isHalfRead(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('project.'));
}

/** Opens a project and lends work a database apart. Without a value the project could not be read as a whole. */
export async function onDataApart<T>(
  project: ModelyardProject,
  cancellation: Cancellation,
  work: (context: DataContext) => Promise<T>,
): Promise<Outcome<T | undefined>> {
  project.changed();
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined || isHalfRead(diagnostics)) return { value: undefined, diagnostics };
  const { files, engine } = project.host;
  const environment = project.environment();
  const value = await project.apart(cancellation, (catalog) => work({ manifest, environment, files, engine, catalog }));
  return { value, diagnostics };
}

/** Finds every row of a project's sources and seeds that breaks a rule. Rejects with `Cancelled`. */
export function checkProject(project: ModelyardProject, host: CheckHost): Promise<Outcome<CheckReport | undefined>> {
  return onDataApart(project, host.cancellation, (context) => checkData(context, host));
}
