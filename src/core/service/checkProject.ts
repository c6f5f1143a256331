import type { Cancellation } from '../diagnostics/cancellation.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { checkData, type CheckHost, type CheckReport } from '../quality/checkData.ts';
import type { TestingContext } from '../quality/failingRows.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** What looking at a project's data needs; the database is one of its own. */
export type DataContext = Omit<TestingContext, 'tables'>;

/** Opens a project and lends work a database apart. Without a value the project could not be read. */
export async function onDataApart<T>(
  project: ModelyardProject,
  cancellation: Cancellation,
  work: (context: DataContext) => Promise<T>,
): Promise<Outcome<T | undefined>> {
  project.changed();
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const { files, engine } = project.host;
  const environment = project.environment();
  const value = await project.apart(cancellation, (catalog) => work({ manifest, environment, files, engine, catalog }));
  return { value, diagnostics };
}

/** Finds every row of a project's sources and seeds that breaks a rule. Rejects with `Cancelled`. */
export function checkProject(project: ModelyardProject, host: CheckHost): Promise<Outcome<CheckReport | undefined>> {
  return onDataApart(project, host.cancellation, (context) => checkData(context, host));
}
