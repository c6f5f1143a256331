import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import type { Statement } from '../sql/statement.ts';
import { dataTypeName } from './dataType.ts';
import { dialectOf } from './dialectOf.ts';
import type { RunContext } from './runContext.ts';
import { StatementRefused } from './statementRefused.ts';

type Updating = Pick<RunContext, 'manifest' | 'engine' | 'catalog'> & {
  /** A query in SQLite's SQL. */
  readonly translated: (query: string) => string;
};

/** An UPDATE, and the embedded name of its table. */
type Update = Extract<Statement, { kind: 'update' }> & { readonly table: string };

/**
 * An UPDATE in SQLite's SQL. What is set becomes of its column's type, as in a warehouse. With other tables in FROM,
 * which row of them a row is set from must be plain: warehouses take any of several or none, so that it is refused when
 * they would set different values. Throws `StatementRefused` and the engine's errors.
 */
export async function updateSql(context: Updating, update: Update): Promise<string> {
  const { name, alias, assignments, from, condition, table } = update;
  const { translated } = context;
  const named = alias === '' ? name : `${name} as ${alias}`;
  const seen = from === undefined ? named : `${named}, ${from}`;
  const types = new Map(context.catalog.get(table)?.columns.map((one) => [one.name.toLowerCase(), one.type]));
  const dialect = dialectOf(context.manifest.project.target.type) ?? 'duckdb';
  const values = assignments.map(({ column, value }) => {
    const type = types.get(column.toLowerCase());
    const typeName = type === undefined ? undefined : dataTypeName(type, dialect);
    const cast = typeName === undefined ? `(${value})` : `cast((${value}) as ${typeName})`;
    const sql = translated(`select ${cast}${marked}${seen}`);
    return sql.slice('select '.length, sql.lastIndexOf(marked));
  });
  const sets = assignments.map(({ column }, at) => `${quoteIdentifier(column)} = ${values[at] ?? ''}`).join(', ');
  const where = condition === undefined ? '' : behind(translated, `select 1${marked}${seen}`, ` where (${condition})`);
  const target = `${embeddedTable(table)}${alias === '' ? '' : ` as ${alias}`}`;
  if (from === undefined) return `update ${target} set ${sets}${where}`;
  const others = sourcesOf(translated(`select 1${marked}${from}`));
  const row = `${quoteIdentifier(alias === '' ? table : alias)}.rowid`;
  const differ = values.map((value) => `count(distinct ${value}) > 1 or count(${value}) not in (0, count(*))`);
  const { rows } = await context.engine.query(
    `select 1 from ${target}, ${others}${where} group by ${row} having ${differ.join(' or ')} limit 1`,
  );
  if (rows.length > 0)
    throw new StatementRefused(
      `UPDATE … FROM finds several rows with different values for one row of ${table}: warehouses take any of them, or none.`,
    );
  return `update ${target} set ${sets} from ${others}${where}`;
}

/** What divides the value of a query from the tables that it sees. */
const marked = ' as modelyard_value from ';

function sourcesOf(sql: string): string {
  return sql.slice(sql.indexOf(marked) + marked.length);
}

/** What stands behind a query in SQLite's SQL: the text of the query is kept. */
function behind(translated: Updating['translated'], query: string, more: string): string {
  return translated(query + more).slice(translated(query).length);
}
