import { invocationOf } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { runResultsArtifact, type ReportedResult } from '../artifacts/runResultsArtifact.ts';
import { compiledPath, inlinePath } from '../compile/compiledPath.ts';
import { compileNode, type Compilation } from '../compile/compileNode.ts';
import { isSqlNode, type Manifest, type ManifestNode, type SqlNode } from '../compile/manifest.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import { answering } from '../run/answering.ts';
import type { CompilableNode } from '../run/runGraph.ts';
import type { ModelyardProject, OpenProject } from './modelyardProject.ts';
import { inlinedModels, writeManifest, writeSql, type SqlText } from './writeArtifacts.ts';

/** SQL that stands in no file, as dbt names it in its artifacts. */
export interface InlineQuery {
  readonly resourceType: 'sql_operation';
  readonly uniqueId: UniqueId;
}

/** A node's SQL after Jinja; a seed has none. Times in milliseconds since 1970. */
export interface CompiledCode {
  readonly node: CompilableNode | InlineQuery;
  readonly code: string | undefined;
  /** The query that showed its rows, where it was run. */
  readonly shownBy?: string;
  readonly startedAt: number;
  readonly completedAt: number;
}

/** The code of a node that stands in a file. */
export type CompiledFile = CompiledCode & { readonly node: CompilableNode };

/** The SQL of the project that stands in no file. */
export function inlineQuery({ project }: Pick<Manifest, 'project'>): InlineQuery {
  return { resourceType: 'sql_operation', uniqueId: uniqueId('sql_operation', project.config.name, 'inline_query') };
}

/**
 * Writes code that was compiled, with that of the ephemeral models within it, and unless told not to manifest.json and
 * run_results.json, which has of `compiled` what `isTold` says.
 */
export async function keepCompiled(
  project: ModelyardProject,
  open: OpenProject,
  compiled: readonly CompiledCode[],
  isTold: (node: CompiledCode['node']) => boolean = () => true,
): Promise<void> {
  const { manifest, environment } = open;
  const { files, clock } = project.host;
  const own = codesOf(compiled);
  const within = await ephemeralCodes(project, open, own);
  const codes = new Map([...within, ...own]);
  await keepSql(project, manifest, codes);
  if (!project.writesJson) return;
  const invocation = invocationOf(environment);
  const results = compiled.filter(({ node }) => isTold(node)).map(reported);
  const ended = { results, startedAt: invocation.startedAt, completedAt: clock.now() };
  await writeManifest(files, manifest, codes, invocation);
  const artifact = runResultsArtifact(ended, manifest.project.target, invocation);
  await files.write(`${manifest.project.config.targetPath}/run_results.json`, jsonText(artifact));
}

/** Writes compiled code alone. */
export function keepSql(
  { host }: ModelyardProject,
  manifest: Manifest,
  codes: ReadonlyMap<UniqueId, string>,
): Promise<void> {
  return writeSql(
    host.files,
    [...codes].map(([id, code]): SqlText => [pathOf(manifest, id), code]),
  );
}

/** Rows that were shown of a node, or of SQL that stands in no file. */
export type Shown = Omit<CompiledCode, 'shownBy' | 'code'> & { readonly code: string };

/** Writes what showing rows leaves behind (`dbt show`); `limit` is undefined where all rows were asked for. */
export function keepShown(
  project: ModelyardProject,
  manifest: Manifest,
  shown: readonly Shown[],
  limit: number | undefined,
): Promise<void> {
  const compiled = shown.map((one) => ({ ...one, shownBy: limitedSql(one.code, limit) }));
  return project.withOpen(manifest, (open) => keepCompiled(project, open, compiled));
}

/** The query as dbt's get_show_sql spells it. */
function limitedSql(code: string, limit: number | undefined): string {
  return `\n  \n  ${code}\n  ${limit === undefined ? '' : `\n  limit ${String(limit)}`}\n`;
}

/** The code of the nodes that have some, for manifest.json. */
export function codesOf(compiled: readonly CompiledCode[]): ReadonlyMap<UniqueId, string> {
  return new Map(compiled.flatMap(({ node, code }) => (code === undefined ? [] : [[node.uniqueId, code]])));
}

/** Compiles a node in the open project, asking the database what its template asks. */
export function compileOpen(
  { host }: ModelyardProject,
  open: OpenProject,
  node: SqlNode,
): Promise<Outcome<Compilation | undefined>> {
  return answering({ ...open, engine: host.engine }, (environment) => compileNode(open.manifest, node, environment));
}

async function ephemeralCodes(
  project: ModelyardProject,
  open: OpenProject,
  codes: ReadonlyMap<UniqueId, string>,
): Promise<ReadonlyMap<UniqueId, string>> {
  const found = new Map<UniqueId, string>();
  for (const node of inlinedModels(open.manifest, codes.keys())) {
    if (codes.has(node.uniqueId)) continue;
    const { value } = await compileOpen(project, open, node);
    if (value !== undefined) found.set(node.uniqueId, value.code);
  }
  return found;
}

function pathOf(manifest: Manifest, id: UniqueId): string {
  const node: ManifestNode | undefined = manifest.nodes.get(id);
  return node !== undefined && isSqlNode(node) ? compiledPath(manifest, node) : inlinePath(manifest);
}

/** A node that succeeded without being built. */
function reported({ node, code, shownBy, startedAt, completedAt }: CompiledCode): ReportedResult {
  return {
    node,
    status: 'success',
    message: undefined,
    failures: undefined,
    compiledCode: shownBy ?? code,
    executedSql: shownBy,
    rowCount: undefined,
    timing: [
      { name: 'compile', startedAt, completedAt },
      { name: 'execute', startedAt: completedAt, completedAt },
    ],
  };
}
