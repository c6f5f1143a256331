import { compileNode } from '../compile/compileNode.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import type { CompiledNode } from '../compile/compiledNode.ts';
import type { TestNode } from '../compile/manifest.ts';
import { embeddedTable, quoteForAdapter, quoteIdentifier, renderRelation } from '../compile/relation.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { answering } from '../run/answering.ts';
import { dialectOf } from '../run/dialectOf.ts';
import { displayValue, type DisplayValue } from '../run/displayValue.ts';
import { databaseError, translateQuery, type PreparedQuery } from '../run/translateQuery.ts';
import { SqlEngineError, type SqlValue } from '../run/sqlEngine.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { blamedTable, type Blame } from './blamedTable.ts';
import { explainQuery, type ExplainedQuery, type QueryValue } from './explainQuery.ts';
import type { RawContext, RawTable } from './rawTable.ts';
import { sayFailure, type FailingValues } from './sayFailure.ts';

/** Why one row of a data file, or one row of a test's query, fails the test. */
export interface FailingRow {
  readonly table: RawTable | undefined;
  /** The row's number in its table. */
  readonly row: number | undefined;
  readonly key: DisplayValue;
  readonly column: string | undefined;
  readonly reasons: readonly string[];
}

export interface TestingContext extends RawContext {
  readonly environment: CompileEnvironment;
  /** The loaded data files, by their tables' names in lower case. */
  readonly tables: ReadonlyMap<string, RawTable>;
}

/**
 * Runs a data test and leads each row that it gives back to the rows of the data file that it is about, with the
 * reasons. Without a value the test could not be run, and the diagnostics say why.
 */
export async function failingRows(
  context: TestingContext,
  test: TestNode,
): Promise<Outcome<readonly FailingRow[] | undefined>> {
  const compiled = await answering(context, (environment) => compileNode(context.manifest, test, environment));
  if (compiled.value === undefined) return { value: undefined, diagnostics: compiled.diagnostics };
  const prepared = prepare(context, compiled.value);
  if (prepared.value === undefined) return { value: undefined, diagnostics: prepared.diagnostics };
  const { query, explained } = prepared.value;
  try {
    const columns = query.columns ?? (await untyped(context, query));
    const blame = blamedTable(explained, columns.length, context.tables);
    const within = blame === undefined ? undefined : rowsWithin(context, test, blame.table);
    const { rows } = await context.engine.query(tracedSql(query.sql, columns.length, blame, within));
    const read = rows.map((row) => failingRow(context, test, explained, columns, blame, row));
    return { value: read, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof SqlEngineError)) throw error;
    return { value: undefined, diagnostics: [databaseError(error, compiled.value, context.manifest)] };
  }
}

interface Prepared {
  readonly query: PreparedQuery;
  readonly explained: ExplainedQuery;
}

/** Translates the query with its reasons; where a reason cannot be translated on its own, without them. */
function prepare(context: TestingContext, compiled: CompiledNode): Outcome<Prepared | undefined> {
  const { manifest, tables } = context;
  const dialect = dialectOf(manifest.project.target.type) ?? 'duckdb';
  const known = new Map([...tables].map(([name, { columns }]) => [name, columns.map((column) => column.name)]));
  const explained = explainQuery(compiled.code, dialect, known);
  const full = translateQuery(context, { ...compiled, code: explained.sql });
  if (full.value !== undefined) return { value: { query: full.value, explained }, diagnostics: [] };
  const plain = translateQuery(context, compiled);
  if (plain.value === undefined) return { value: undefined, diagnostics: plain.diagnostics };
  const without = {
    ...explained,
    sql: compiled.code,
    reasons: [],
    values: new Map<string, QueryValue>(),
    wholeRow: [],
    added: 0,
  };
  return { value: { query: plain.value, explained: without }, diagnostics: [] };
}

async function untyped({ engine }: RawContext, { sql }: PreparedQuery): Promise<readonly TypedColumn[]> {
  const { columns } = await engine.page(sql, 0, 0);
  return columns.map((name) => ({ name, type: { kind: 'unknown' } }));
}

/** The query's rows, each with the number and the key of the rows of the blamed table that it speaks of. */
function tracedSql(sql: string, width: number, blame: Blame | undefined, within: string | undefined): string {
  const names = Array.from({ length: width }, (_, i) => `c${String(i)}`);
  // Rows that are the same are the same rows of the table: each would be matched with all of them.
  const failing = `with modelyard_failing(${names.join(', ')}) as materialized (select distinct * from (\n${sql}\n))`;
  if (blame === undefined) return `${failing} select * from modelyard_failing`;
  const { table, columns } = blame;
  const on = columns.map(({ output, column }) => `s.${quoteIdentifier(column)} is f.c${String(output)}`);
  const key = table.key === undefined ? 'null' : `s.${quoteIdentifier(table.key)}`;
  const same = table.columns.map(({ name }, i) => `w.c${String(i)} is s.${quoteIdentifier(name)}`);
  const filtered =
    within === undefined ? [] : [`exists (select 1 from modelyard_within w where ${same.join(' and ')})`];
  const own = table.columns.map((_, i) => `c${String(i)}`);
  return [
    within === undefined ? failing : `${failing},\nmodelyard_within(${own.join(', ')}) as materialized (\n${within}\n)`,
    `select f.*, s._rowid_, ${key} from modelyard_failing f`,
    `left join ${embeddedTable(table.relation)} s on ${[...on, ...filtered].join(' and ')}`,
    'order by s._rowid_',
  ].join('\n');
}

/**
 * The rows that a generic test with a `where` config looks at: others with the same values do not fail it. Undefined
 * when it looks at all.
 */
function rowsWithin(
  context: TestingContext,
  { generic, config }: TestNode,
  { node, columns }: RawTable,
): string | undefined {
  const where = config['where'];
  if (generic?.attachedNode !== node.uniqueId || typeof where !== 'string' || where.trim() === '') return undefined;
  const { target } = context.manifest.project;
  const list = columns.map(({ name }) => quoteForAdapter(name, target.type)).join(', ');
  const code = `select ${list} from ${renderRelation(node.relation, target)} where ${where}`;
  const place = { file: node.originalFilePath, range: node.range };
  return translateQuery(context, { code, locate: () => place }).value?.sql;
}

function failingRow(
  { tables }: TestingContext,
  test: TestNode,
  explained: ExplainedQuery,
  columns: readonly TypedColumn[],
  blame: Blame | undefined,
  row: readonly SqlValue[],
): FailingRow {
  const shown = columns.map((column, i) => displayValue(row[i] ?? null, column.type));
  const own = columns.length - explained.added;
  const values: FailingValues = {
    columns: columns.slice(0, own).map((column, i) => [column.name, shown[i] ?? null]),
    holds: (column) => row[own + column] === 1,
    valueOf: ({ column, origin }) => {
      const table = origin === undefined ? undefined : tables.get(origin.table);
      const isOther = table !== undefined && table !== blame?.table && table.key?.toLowerCase() === origin?.column;
      return {
        text: asText(shown[own + column]),
        type: columns[own + column]?.type,
        name: table === undefined || origin === undefined ? undefined : `${table.node.name}.${origin.column}`,
        missing: isOther ? table.node.name : undefined,
      };
    },
  };
  const [number = null, key = null] = row.slice(columns.length);
  // A row that several rows of the query speak of has been found once for each; one that none has stays untold.
  const found = blame !== undefined && number !== null;
  const keyType = blame?.table.columns.find((column) => column.name === blame.table.key)?.type;
  return {
    table: found ? blame.table : undefined,
    row: found ? Number(number) : undefined,
    key: found ? displayValue(key, keyType) : null,
    column: test.generic?.columnName,
    reasons: sayFailure(test, explained, values),
  };
}

function asText(value: DisplayValue | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}
