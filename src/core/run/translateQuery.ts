import type { CompiledNode } from '../compile/compiledNode.ts';
import { isTableNode, type Manifest, type ManifestNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import { diagnostic, formatDiagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { fileStart, type Range } from '../diagnostics/text.ts';
import { dialectOf } from './dialectOf.ts';
import { explainSqlError, locateSqlError } from '../sql/locateSqlError.ts';
import { translate } from '../sql/translate.ts';
import type { TypedColumn } from '../sql/translation.ts';
import type { RunContext } from './runContext.ts';
import { atMoment } from './simulatedMoment.ts';
import { SqlEngineError } from './sqlEngine.ts';

/** A node's query, ready for the engine. */
export interface PreparedQuery {
  readonly compiled: CompiledNode;
  /** The query in SQLite's SQL. */
  readonly sql: string;
  readonly columns: readonly TypedColumn[] | undefined;
}

/** Whole lines of SQL that a node's compiled code is put between. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}

export const noFrame: Frame = { before: '', after: '' };

/** Translates a query that stands in a file; its diagnostics point into that file. */
export function translateQuery(
  {
    manifest,
    catalog,
    moment,
  }: Pick<RunContext, 'manifest' | 'moment'> & { readonly catalog: Pick<RunContext['catalog'], 'types'> },
  compiled: CompiledNode,
  { before, after }: Frame = noFrame,
): Outcome<PreparedQuery | undefined> {
  const { type } = manifest.project.target;
  const dialect = dialectOf(type);
  if (dialect === undefined) {
    const found = diagnostic('run.unknownAdapter', { type }, { file: 'profiles.yml' });
    return { value: undefined, diagnostics: [found] };
  }
  const sql = before + compiled.code + after;
  const translation = translate({ sql, dialect, relations: catalog.types(), file: '' });
  const lines = before.split('\n').length - 1;
  const placed = translation.diagnostics.map((one): Diagnostic => ({
    ...one,
    ...compiled.locate(movedUp(one.range, lines)),
  }));
  const diagnostics = eachOnce(placed);
  if (translation.sql === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const present = moment === undefined ? translation.sql : atMoment(translation.sql, moment);
  return { value: { compiled, sql: present, columns: translation.columns }, diagnostics };
}

/** A generic test's faults all stand where the test is written: what is said there is said once. */
function eachOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [formatDiagnostic(one), one])).values()];
}

/** A range in a framed query as a range in the code within the frame. */
function movedUp({ start, end }: Range, lines: number): Range {
  if (start.line < lines) return fileStart;
  return { start: { ...start, line: start.line - lines }, end: { ...end, line: end.line - lines } };
}

/** The engine's complaint about a prepared query as a diagnostic in the node's file; other errors are thrown on. */
export function databaseError(error: unknown, compiled: CompiledNode, manifest: Manifest): Diagnostic {
  if (!(error instanceof SqlEngineError)) throw error;
  const range = locateSqlError(error.message, compiled.code) ?? fileStart;
  const table = /^no such table: (?:main\.)?(.+)$/.exec(error.message.trim())?.[1];
  const missing = table === undefined ? undefined : nodeOfTable(manifest, table);
  if (missing !== undefined) {
    const { resourceType: kind, name } = missing;
    return diagnostic('run.notBuilt', { kind, name }, compiled.locate(range));
  }
  return diagnostic('run.databaseError', { detail: explainSqlError(error.message) }, compiled.locate(range));
}

/** The model, snapshot or seed whose table has a name. */
function nodeOfTable({ nodes, project }: Manifest, table: string): ManifestNode | undefined {
  return [...nodes.values()].find(
    (node) =>
      isTableNode(node) &&
      node.resourceType !== 'source' &&
      embeddedName(node.relation, project.target).toLowerCase() === table.toLowerCase(),
  );
}
