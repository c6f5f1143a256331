import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import { tokenize } from '../sql/parse/tokens.ts';
import { readStatements } from '../sql/statement.ts';
import type { SqlType, TypedColumn } from '../sql/translation.ts';
import type { RelationCatalog } from './relationCatalog.ts';
import { relationKind } from './replaceRelation.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { sqlText } from './sqlText.ts';
import { commonType } from './tableColumns.ts';

/** The database that statements change, and what is known of its relations. */
export interface ChangedDatabase {
  readonly engine: SqlEngine;
  readonly catalog: RelationCatalog;
}

/**
 * Renames a table or view, by its embedded names; what is known of its columns stays known. SQLite renames no views:
 * they are made again by the query that they were made by.
 */
export async function renameRelation({ engine, catalog }: ChangedDatabase, from: string, to: string): Promise<void> {
  const known = catalog.get(from);
  const query = (await relationKind(engine, from)) === 'view' ? await queryOfView(engine, from) : undefined;
  if (query === undefined) {
    await engine.exec(`alter table ${embeddedTable(from)} rename to ${quoteIdentifier(to)}`);
  } else {
    await engine.exec(`drop view ${embeddedTable(from)}`);
    await engine.exec(`create view ${embeddedTable(to)} as\n${query}`);
  }
  if (known !== undefined) await catalog.put({ ...known, relation: to });
  await catalog.refresh();
}

async function queryOfView(engine: SqlEngine, view: string): Promise<string> {
  const { rows } = await engine.query(
    `select sql from main.sqlite_master where type = 'view' and lower(name) = lower(${sqlText(view)})`,
  );
  const [statement] = readStatements(String(rows[0]?.[0] ?? ''), 'sqlite');
  if (statement?.kind !== 'createAs') throw new Error(`the view ${view} has no query`);
  return statement.query;
}

/**
 * Notes that rows were put into a table: its columns hold values of both types then. `list` is the written list of
 * columns with its parentheses, empty for all; `added` are the columns of the rows.
 */
export async function widenColumns(
  { catalog }: Pick<ChangedDatabase, 'catalog'>,
  table: string,
  list: string,
  added: readonly TypedColumn[] | undefined,
): Promise<void> {
  const known = catalog.get(table);
  if (known === undefined) return;
  const names = list === '' ? known.columns.map(({ name }) => name) : columnNames(list);
  const types = new Map(names.map((name, at) => [name.toLowerCase(), added?.[at]?.type]));
  const columns = known.columns.map((one) => {
    const key = one.name.toLowerCase();
    return types.has(key) ? { name: one.name, type: commonType(one.type, types.get(key)) } : one;
  });
  const isSame = columns.every(({ type }, at) => areSameTypes(type, known.columns[at]?.type));
  if (isSame && known.rowCount === undefined) return;
  await catalog.put({ ...known, rowCount: undefined, columns });
}

function areSameTypes(a: SqlType, b: SqlType | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The names in `("a", b)`. */
function columnNames(list: string): readonly string[] {
  const names = tokenize(list, 'sqlite').filter(({ kind }) => kind === 'word' || kind === 'quoted');
  return names.map(({ text }) => text);
}
