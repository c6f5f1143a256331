import { jsonText } from '../artifacts/json.ts';
import { invocationOf } from '../artifacts/artifactMetadata.ts';
import { runOperationArtifact } from '../artifacts/runOperationArtifact.ts';
import { callProjectMacro } from '../compile/callProjectMacro.ts';
import type { Manifest } from '../compile/manifest.ts';
import { findMacro, macroOf, type MacroDefinition } from '../compile/macroScope.ts';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { answering } from '../run/answering.ts';
import type { ModelyardProject } from './modelyardProject.ts';

export interface OperationRequest {
  /** The macro, with its package before a dot where it is not the project's or dbt's. */
  readonly macro: string;
  readonly args: PlainMap;
}

/** How an operation ended. `unknown`: there is no such macro. */
export type OperationOutcome =
  | { readonly kind: 'ran'; readonly ok: boolean; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'unknown' };

/** Calls a macro with the database at hand (`dbt run-operation`; dbt-core: task/run_operation.py), and keeps what it did. */
export function runOperation(
  project: ModelyardProject,
  manifest: Manifest,
  request: OperationRequest,
): Promise<OperationOutcome> {
  const macro = macroNamed(manifest, request.macro);
  if (macro === undefined) return Promise.resolve({ kind: 'unknown' });
  return project.withOpen(manifest, async (open) => {
    const { engine, clock, files } = project.host;
    const called = { which: 'run-operation', macro: request.macro, args: request.args };
    const environment = { ...open.environment, args: { ...open.environment.args, ...called } };
    const startedAt = clock.now();
    const { diagnostics } = await answering({ ...open, environment, engine }, (answered) =>
      callProjectMacro(manifest, macro, request.args, answered),
    );
    const ok = !hasErrors(diagnostics);
    await project.save();
    if (project.writesJson) {
      const path = `${manifest.project.config.targetPath}/run_results.json`;
      const ended = { macro, ok, startedAt, completedAt: clock.now() };
      await files.write(path, jsonText(runOperationArtifact(ended, invocationOf(environment))));
    }
    return { kind: 'ran', ok, diagnostics };
  });
}

function macroNamed({ macros, project }: Manifest, written: string): MacroDefinition | undefined {
  const [first = '', second] = written.split('.', 2);
  return second === undefined ? findMacro(macros, first, project.config.name) : macroOf(macros, first, second);
}
