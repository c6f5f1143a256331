import { compileSql, type Compilation } from '../compile/compileNode.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import { isSqlNode, type Manifest, type SqlNode } from '../compile/manifest.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { answering } from '../run/answering.ts';
import { compileOrder } from '../run/runGraph.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import {
  codesOf,
  compileOpen,
  inlineQuery,
  keepCompiled,
  keepSql,
  type CompiledCode,
  type CompiledFile,
} from './keepCompiled.ts';
import { goingThrough, type ModelyardProject } from './modelyardProject.ts';
import { readSelection } from './readSelection.ts';

/** `--full-refresh` and `--empty`, as far as they change what is compiled. */
export type CompileFlags = Pick<CompileEnvironment, 'fullRefresh' | 'empty'>;

/**
 * Compiles the selected nodes in dbt's order, and writes their code, manifest.json and run_results.json (`dbt compile`).
 * The results have ephemeral models only where `reportsEphemeral` (core/dbt/task/compile.py, _handle_result).
 */
export async function compileNodes(
  project: ModelyardProject,
  request: SelectionRequest,
  flags: CompileFlags = {},
  reportsEphemeral = false,
): Promise<Outcome<readonly CompiledFile[] | undefined>> {
  const read = await readSelection(project, request);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const { manifest, selected } = read.value;
  const found: Diagnostic[] = [...read.diagnostics];
  const value: CompiledFile[] = [];
  await project.withOpen(manifest, async (opened) => {
    const flagged = { ...opened, environment: { ...opened.environment, ...flags } };
    const order = compileOrder(manifest, selected);
    const open = goingThrough(
      project.deferred(flagged, selected),
      order.map(({ uniqueId }) => uniqueId),
    );
    const { clock } = project.host;
    for (const node of order) {
      const startedAt = clock.now();
      const compiled = isSqlNode(node) ? await compileOpen(project, open, node) : undefined;
      found.push(...(compiled?.diagnostics ?? []));
      if (compiled !== undefined && compiled.value === undefined) continue;
      value.push({ node, code: compiled?.value?.code, startedAt, completedAt: clock.now() });
    }
    if (hasErrors(found)) await keepSql(project, manifest, codesOf(value));
    else await keepCompiled(project, open, value, (node) => reportsEphemeral || !isEphemeral(node));
  });
  return { value, diagnostics: found };
}

function isEphemeral(node: CompiledCode['node']): boolean {
  return node.resourceType === 'model' && node.materialized === 'ephemeral';
}

/** Compiles one node and writes nothing. */
export function compileOne(
  project: ModelyardProject,
  manifest: Manifest,
  node: SqlNode,
): Promise<Outcome<Compilation | undefined>> {
  return project.withOpen(manifest, (open) => compileOpen(project, open, node));
}

/** Compiles SQL with Jinja that stands in no file, and writes what compiling writes (`dbt compile --inline`). */
export async function compileInline(
  project: ModelyardProject,
  text: string,
  flags: CompileFlags,
): Promise<Outcome<Compilation | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const subject = { text, file: '--inline', owner: undefined };
  return project.withOpen(manifest, async (opened) => {
    const flagged = { ...opened, environment: { ...opened.environment, ...flags } };
    const node = inlineQuery(manifest);
    const inline = goingThrough(project.deferred(flagged, new Set()), [node.uniqueId]);
    const { clock, engine } = project.host;
    const startedAt = clock.now();
    const compiled = await answering({ ...inline, engine }, (environment) =>
      compileSql(manifest, subject, environment),
    );
    const code = compiled.value?.code;
    if (code !== undefined) await keepCompiled(project, inline, [{ node, code, startedAt, completedAt: clock.now() }]);
    return compiled;
  });
}
