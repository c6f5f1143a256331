import type { ModelNode, SnapshotNode } from '../../compile/manifest.ts';
import { embeddedName, embeddedTable, quoteIdentifier } from '../../compile/relation.ts';
import type { Target } from '../../project/target.ts';
import { uniqueKey } from '../../run/incrementalPlan.ts';
import { snapshotPlan } from '../../run/snapshotPlan.ts';
import type { SqlEngine } from '../../run/sqlEngine.ts';
import { tableColumns } from '../../run/tableColumns.ts';

/** What a day did to the table of an incremental model. */
export interface ModelChange {
  readonly model: string;
  readonly rows: number;
  readonly added: number;
  /** Rows with a key that was there, and other values; without a key none can be told. */
  readonly updated: number;
  readonly removed: number;
}

/** What a day did to a snapshot. */
export interface SnapshotChange {
  readonly snapshot: string;
  readonly rows: number;
  readonly opened: number;
  readonly closed: number;
}

/** A table as it was before a day, in a temporary table beside it. */
export interface KeptTable<T extends ModelNode | SnapshotNode> {
  readonly node: T;
  readonly table: string;
  /** The temporary copy; undefined when there was no table. */
  readonly before: string | undefined;
}

/** Keeps a node's table for comparison. */
export async function keepTable<T extends ModelNode | SnapshotNode>(
  engine: SqlEngine,
  target: Target,
  node: T,
  index: number,
): Promise<KeptTable<T>> {
  const name = embeddedName(node.relation, target);
  const table = embeddedTable(name);
  if ((await tableColumns(engine, name)).length === 0) return { node, table, before: undefined };
  const copy = `modelyard_before_${String(index)}`;
  await engine.exec(`create temp table ${quoteIdentifier(copy)} as select * from ${table}`);
  return { node, table, before: `temp.${quoteIdentifier(copy)}` };
}

/** Compares an incremental model's table with what was kept, which is dropped. */
export async function modelChange(
  engine: SqlEngine,
  target: Target,
  { node, table, before }: KeptTable<ModelNode>,
): Promise<ModelChange> {
  const count = counter(engine);
  const columns = (await tableColumns(engine, embeddedName(node.relation, target))).map(({ name }) => name);
  const rows = columns.length === 0 ? 0 : await count(`select count(*) from ${table}`);
  const base = { model: node.name, rows };
  if (before === undefined || columns.length === 0) return { ...base, added: rows, updated: 0, removed: 0 };
  const earlier = await count(`select count(*) from ${before}`);
  const keys = uniqueKey(node).map((key) => key.replace(/^(["`[])(.*)["`\]]$/, '$2'));
  const known = (await tableColumns(engine, before.slice('temp.'.length).replaceAll('"', ''), 'temp')).map(
    (one) => one.name,
  );
  const shared = columns.filter((name) => known.includes(name));
  const hasKeys = keys.length > 0 && keys.every((key) => shared.includes(key));
  const change = hasKeys
    ? await keyedChange(count, { table, before, keys, shared })
    : { added: Math.max(rows - earlier, 0), updated: 0, removed: Math.max(earlier - rows, 0) };
  await engine.exec(`drop table ${before}`);
  return { ...base, ...change };
}

interface Comparison {
  readonly table: string;
  readonly before: string;
  readonly keys: readonly string[];
  readonly shared: readonly string[];
}

async function keyedChange(
  count: (sql: string) => Promise<number>,
  { table, before, keys, shared }: Comparison,
): Promise<Pick<ModelChange, 'added' | 'updated' | 'removed'>> {
  const same = keys.map((key) => `a.${quoteIdentifier(key)} is b.${quoteIdentifier(key)}`).join(' and ');
  const names = shared.map(quoteIdentifier).join(', ');
  return {
    added: await count(
      `select count(*) from ${table} as a where not exists (select 1 from ${before} as b where ${same})`,
    ),
    updated: await count(
      `select count(*) from (select ${names} from ${table} except select ${names} from ${before}) as a where exists (select 1 from ${before} as b where ${same})`,
    ),
    removed: await count(
      `select count(*) from ${before} as b where not exists (select 1 from ${table} as a where ${same})`,
    ),
  };
}

/** Compares a snapshot's table with what was kept, which is dropped. */
export async function snapshotChange(
  engine: SqlEngine,
  target: Target,
  { node, table, before }: KeptTable<SnapshotNode>,
): Promise<SnapshotChange> {
  const count = counter(engine);
  const isThere = (await tableColumns(engine, embeddedName(node.relation, target))).length > 0;
  const rows = isThere ? await count(`select count(*) from ${table}`) : 0;
  const base = { snapshot: node.name, rows };
  if (before === undefined || !isThere) return { ...base, opened: rows, closed: 0 };
  const { columns } = snapshotPlan(node);
  const [id, to] = [quoteIdentifier(columns.scdId), quoteIdentifier(columns.validTo)];
  const earlier = await count(`select count(*) from ${before}`);
  // A version's end is another value than before: of an open one it is NULL or what dbt_valid_to_current has.
  const closed = await count(
    `select count(*) from ${table} as a join ${before} as b on a.${id} = b.${id} where a.${to} is not b.${to}`,
  );
  await engine.exec(`drop table ${before}`);
  return { ...base, opened: Math.max(rows - earlier, 0), closed };
}

function counter(engine: SqlEngine): (sql: string) => Promise<number> {
  return async (sql) => Number((await engine.query(sql)).rows[0]?.[0] ?? 0);
}
