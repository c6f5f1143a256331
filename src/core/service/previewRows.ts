import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import { compileNode, compileSql, compileUnitTest, type Compilation } from '../compile/compileNode.ts';
import type { CompiledNode } from '../compile/compiledNode.ts';
import { isSqlNode, type Manifest, type ManifestNode, type SqlNode } from '../compile/manifest.ts';
import { renderRelation } from '../compile/relation.ts';
import { Cancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Diagnostic, type Location, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Position } from '../diagnostics/text.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { answering } from '../run/answering.ts';
import { displayValue, typeName, type DisplayValue } from '../run/displayValue.ts';
import { isUnbuilt } from '../run/nodeResult.ts';
import { databaseError, translateQuery } from '../run/translateQuery.ts';
import type { RunEvent } from '../run/runEvent.ts';
import type { SqlType, TypedColumn } from '../sql/translation.ts';
import { inlineQuery } from './keepCompiled.ts';
import { goingThrough, type ModelyardProject, type OpenProject } from './modelyardProject.ts';

/** What to show the rows of. */
export type PreviewSubject =
  | { readonly kind: 'node'; readonly id: UniqueId }
  /** SQL with Jinja, such as a selection in a model; `start` is where it stands in the file. */
  | { readonly kind: 'sql'; readonly text: string; readonly file: string; readonly start: Position };

export interface PreviewRequest {
  readonly subject: PreviewSubject;
  /** At most this many rows. */
  readonly limit: number;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: RunEvent) => void;
}

export interface PreviewColumn {
  readonly name: string;
  /** Name of the type; empty when it is not known. */
  readonly type: string;
  readonly isNumber: boolean;
}

/** Rows of a query or table, ready to be shown. */
export interface Preview {
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly DisplayValue[])[];
  /** The query, without the limit. */
  readonly code: string;
  /** True when there are more rows than the limit. */
  readonly limited: boolean;
  /** Milliseconds that the query took, without what was built before it. */
  readonly durationMs: number;
}

/**
 * Runs a node's query, or SQL that was selected, after building what it reads and nothing else. Without a value the
 * diagnostics say why. Rejects with `Cancelled`.
 */
export async function previewRows(
  project: ModelyardProject,
  request: PreviewRequest,
): Promise<Outcome<Preview | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const selected = [request.subject.kind === 'node' ? request.subject.id : inlineQuery(manifest).uniqueId];
  const compiled = compileSubjectOf(manifest, request.subject, { ...project.environment(), selected });
  const asks = compiled.diagnostics.some((one) => one.code === 'compile.needsDatabase');
  if (compiled.value === undefined && !asks) {
    // A fault of the manifest (an unknown ref) says more than what rendering made of it.
    const own = diagnostics.filter((one) => isAbout(one, manifest, request.subject) && one.severity === 'error');
    return { value: undefined, diagnostics: own.length > 0 ? own : compiled.diagnostics };
  }
  // What asks the database while it is compiled is compiled when all is built that it is known to read.
  const reads = compiled.value?.reads ?? readsOf(manifest, request.subject);
  return project.withBuilt(manifest, reads, request, async (open, built) => {
    const failed = built.results.flatMap((result) => (isUnbuilt(result.status) ? result.diagnostics : []));
    const faults = [...built.sourceFaults, ...failed];
    if (hasErrors(faults)) return { value: undefined, diagnostics: faults };
    const { value: query, diagnostics: found } = asks
      ? await answering({ ...goingThrough(open, selected), engine: project.host.engine }, (environment) =>
          compileSubjectOf(manifest, request.subject, environment),
        )
      : compiled;
    return query === undefined ? { value: undefined, diagnostics: found } : queryRows(project, open, query, request);
  });
}

function compileSubjectOf(
  manifest: Manifest,
  subject: PreviewSubject,
  environment: CompileEnvironment,
): Outcome<Compilation | undefined> {
  if (subject.kind === 'sql') {
    const owner = nodeOfFile(manifest, subject.file);
    return shifted(compileSql(manifest, { ...subject, owner }, environment), subject);
  }
  const node = manifest.nodes.get(subject.id);
  if (node === undefined || node.resourceType === 'exposure') throw new Error(`${subject.id} has no rows`);
  if (node.resourceType === 'unit_test') return compileUnitTest(manifest, node, environment);
  if (isSqlNode(node)) return compileNode(manifest, node, environment);
  const place = { file: node.originalFilePath, range: node.range };
  const table = renderRelation(node.relation, manifest.project.target);
  return { value: { code: `select * from ${table}`, reads: [node.uniqueId], locate: () => place }, diagnostics: [] };
}

/** What a subject is known to read before it is compiled. */
function readsOf(manifest: Manifest, subject: PreviewSubject): readonly UniqueId[] {
  const node = subject.kind === 'sql' ? nodeOfFile(manifest, subject.file) : manifest.nodes.get(subject.id);
  return node?.dependsOn ?? [];
}

/** Places in selected SQL are moved to where the selection stands in its file. */
function shifted(
  compiled: Outcome<Compilation | undefined>,
  { file, start }: Extract<PreviewSubject, { kind: 'sql' }>,
): Outcome<Compilation | undefined> {
  const position = (at: Position): Position => ({
    line: at.line + start.line,
    character: at.line === 0 ? at.character + start.character : at.character,
  });
  const move = <T extends Location>(at: T): T =>
    at.file === file ? { ...at, range: { start: position(at.range.start), end: position(at.range.end) } } : at;
  const { value, diagnostics } = compiled;
  const moved =
    value === undefined ? undefined : { ...value, locate: (range: Location['range']) => move(value.locate(range)) };
  return { value: moved, diagnostics: diagnostics.map(move) };
}

async function queryRows(
  project: ModelyardProject,
  { manifest, catalog }: OpenProject,
  compiled: CompiledNode,
  { limit, cancellation }: PreviewRequest,
): Promise<Outcome<Preview | undefined>> {
  const { engine, clock } = project.host;
  const translated = translateQuery({ manifest, catalog }, compiled);
  if (translated.value === undefined) return { value: undefined, diagnostics: translated.diagnostics };
  const startedAt = clock.now();
  try {
    const { columns, rows } = await engine.page(translated.value.sql, 0, limit + 1);
    const typed = typedColumns(columns, translated.value.columns);
    const value: Preview = {
      columns: typed.map(previewColumn),
      rows: rows.slice(0, limit).map((row) => row.map((one, i) => displayValue(one, typed[i]?.type))),
      code: compiled.code,
      limited: rows.length > limit,
      durationMs: clock.now() - startedAt,
    };
    return { value, diagnostics: translated.diagnostics };
  } catch (error) {
    if (cancellation.isCancellationRequested) throw new Cancelled();
    return { value: undefined, diagnostics: [databaseError(error, compiled, manifest)] };
  }
}

/** The translator's types by position, when it knows as many columns as the engine gave. */
function typedColumns(names: readonly string[], typed: readonly TypedColumn[] | undefined): readonly TypedColumn[] {
  const unknown: SqlType = { kind: 'unknown' };
  return names.map((name, i) => ({
    name,
    type: typed?.length === names.length ? (typed[i]?.type ?? unknown) : unknown,
  }));
}

export function previewColumn({ name, type }: TypedColumn): PreviewColumn {
  return { name, type: typeName(type), isNumber: ['integer', 'real', 'decimal'].includes(type.kind) };
}

/** The model, snapshot, analysis or test that a file holds. */
export function nodeOfFile(manifest: Manifest, file: string): SqlNode | undefined {
  const isFile = (node: ManifestNode): node is SqlNode =>
    isSqlNode(node) && (node.resourceType !== 'test' || node.generic === undefined) && node.originalFilePath === file;
  return [...manifest.nodes.values()].find(isFile);
}

function isAbout(found: Diagnostic, manifest: Manifest, subject: PreviewSubject): boolean {
  if (subject.kind === 'sql') return found.file === subject.file;
  return manifest.nodes.get(subject.id)?.originalFilePath === found.file;
}
