import { compileSql } from '../compile/compileNode.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { CompileFlags } from './compileNodes.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** Compiles SQL with Jinja that stands in no file (`dbt compile --inline`). */
export async function compileInline(
  project: ModelyardProject,
  text: string,
  flags: CompileFlags,
): Promise<Outcome<string | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const environment = await project.withOpen(manifest, (open) => Promise.resolve(open.environment));
  const subject = { text, file: '--inline', owner: undefined };
  const compiled = compileSql(manifest, subject, { ...environment, ...flags });
  return { value: compiled.value?.code, diagnostics: compiled.diagnostics };
}
