import { embeddedTable } from '../compile/relation.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { sqlText } from './sqlText.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { inTransaction } from './inTransaction.ts';

/**
 * Drops the relation and makes the new one within a transaction, so that a fault leaves the old one: also one that
 * `verify` throws when it has looked at the new one.
 */
export async function replaceRelation(
  engine: SqlEngine,
  table: string,
  kind: 'table' | 'view',
  create: string,
  verify: () => Promise<void> = () => Promise.resolve(),
): Promise<number | undefined> {
  const name = embeddedTable(table);
  return inTransaction(engine, async () => {
    await dropRelation(engine, table);
    await engine.exec(create);
    // A view is only checked when it is read.
    if (kind === 'view') await engine.query(`select * from ${name} limit 0`);
    await verify();
    const rowCount = kind === 'view' ? undefined : await countRows(engine, name);
    return rowCount;
  });
}

async function dropRelation(engine: SqlEngine, table: string): Promise<void> {
  const kind = await relationKind(engine, table);
  if (kind !== undefined) await engine.exec(`drop ${kind} ${embeddedTable(table)}`);
}

/** Whether there is a table or a view of this name, whatever its case. */
export async function relationKind(engine: SqlEngine, table: string): Promise<'table' | 'view' | undefined> {
  const { rows } = await engine.query(
    `select type from main.sqlite_master where type in ('table', 'view') and lower(name) = lower(${sqlText(table)})`,
  );
  const type = rows[0]?.[0];
  return type === 'table' || type === 'view' ? type : undefined;
}

/** How many rows a relation has, by its name as SQLite's SQL names it. */
export async function countRows(engine: SqlEngine, name: string): Promise<number> {
  const { rows } = await engine.query(`select count(*) from ${name}`);
  return Number(rows[0]?.[0] ?? 0);
}

/** The columns of a relation by name, when nothing is known of their types. */
export async function untypedColumns(engine: SqlEngine, table: string): Promise<readonly TypedColumn[]> {
  const { columns } = await engine.query(`select * from ${embeddedTable(table)} limit 0`);
  return columns.map((name) => ({ name, type: { kind: 'unknown' } }));
}
