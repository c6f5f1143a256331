import { invocationOf } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { runResultsArtifact, type ReportedResult } from '../artifacts/runResultsArtifact.ts';
import { compileNode, compileSql, type Compilation } from '../compile/compileNode.ts';
import { compiledPath } from '../compile/compiledPath.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import { isSqlNode, type Manifest, type SqlNode } from '../compile/manifest.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import { answering } from '../run/answering.ts';
import { compileOrder, type CompilableNode } from '../run/runGraph.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import { goingThrough, type ModelyardProject, type OpenProject } from './modelyardProject.ts';
import { readSelection } from './readSelection.ts';
import { writeManifest, writeSql, type SqlText } from './writeArtifacts.ts';

/** A node's SQL after Jinja; a seed has none. Times in milliseconds since 1970. */
export interface CompiledCode {
  readonly node: CompilableNode;
  readonly code: string | undefined;
  readonly startedAt: number;
  readonly completedAt: number;
}

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
): Promise<Outcome<readonly CompiledCode[] | undefined>> {
  const read = await readSelection(project, request);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const { manifest, selected } = read.value;
  const found: Diagnostic[] = [...read.diagnostics];
  const value: CompiledCode[] = [];
  await project.withOpen(manifest, async (opened) => {
    const flagged = { ...opened, environment: { ...opened.environment, ...flags } };
    const order = compileOrder(manifest, selected);
    const open = goingThrough(
      project.deferred(flagged, selected),
      order.map(({ uniqueId }) => uniqueId),
    );
    const { clock, files } = project.host;
    for (const node of order) {
      const startedAt = clock.now();
      const compiled = isSqlNode(node) ? await compileOpen(project, open, node) : undefined;
      found.push(...(compiled?.diagnostics ?? []));
      if (compiled !== undefined && compiled.value === undefined) continue;
      value.push({ node, code: compiled?.value?.code, startedAt, completedAt: clock.now() });
    }
    const sql = value.flatMap(({ node, code }): SqlText[] =>
      isSqlNode(node) && code !== undefined ? [[compiledPath(manifest, node), code]] : [],
    );
    await writeSql(files, sql);
    if (hasErrors(found) || !project.writesJson) return;
    const invocation = invocationOf(open.environment);
    const told = value.filter(({ node }) => reportsEphemeral || !isEphemeral(node));
    const ended = { results: told.map(reported), startedAt: invocation.startedAt, completedAt: clock.now() };
    const artifact = runResultsArtifact(ended, manifest.project.target, invocation);
    await writeManifest(files, manifest, codesOf(value), invocation);
    await files.write(`${manifest.project.config.targetPath}/run_results.json`, jsonText(artifact));
  });
  return { value, diagnostics: found };
}

/** The code of the nodes that have some, for manifest.json. */
export function codesOf(compiled: readonly CompiledCode[]): ReadonlyMap<UniqueId, string> {
  return new Map(compiled.flatMap(({ node, code }) => (code === undefined ? [] : [[node.uniqueId, code]])));
}

function isEphemeral(node: CompilableNode): boolean {
  return node.resourceType === 'model' && node.materialized === 'ephemeral';
}

/** A node that succeeded without being run. */
function reported({ node, code, startedAt, completedAt }: CompiledCode): ReportedResult {
  return {
    node,
    status: 'success',
    message: undefined,
    failures: undefined,
    compiledCode: code,
    executedSql: undefined,
    rowCount: undefined,
    timing: [
      { name: 'compile', startedAt, completedAt },
      { name: 'execute', startedAt: completedAt, completedAt },
    ],
  };
}

/** Compiles one node and writes nothing. */
export function compileOne(
  project: ModelyardProject,
  manifest: Manifest,
  node: SqlNode,
): Promise<Outcome<Compilation | undefined>> {
  return project.withOpen(manifest, (open) => compileOpen(project, open, node));
}

/** The id that dbt gives to SQL that stands in no file. */
export function inlineQueryId({ project }: Manifest): UniqueId {
  return uniqueId('sql_operation', project.config.name, 'inline_query');
}

/** Compiles SQL with Jinja that stands in no file (`dbt compile --inline`). */
export async function compileInline(
  project: ModelyardProject,
  text: string,
  flags: CompileFlags,
): Promise<Outcome<Compilation | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const subject = { text, file: '--inline', owner: undefined };
  return project.withOpen(manifest, (opened) => {
    const flagged = { ...opened, environment: { ...opened.environment, ...flags } };
    const inline = goingThrough(project.deferred(flagged, new Set()), [inlineQueryId(manifest)]);
    const open = { ...inline, engine: project.host.engine };
    return answering(open, (environment) => compileSql(manifest, subject, environment));
  });
}

function compileOpen(
  { host }: ModelyardProject,
  open: OpenProject,
  node: SqlNode,
): Promise<Outcome<Compilation | undefined>> {
  return answering({ ...open, engine: host.engine }, (environment) => compileNode(open.manifest, node, environment));
}
