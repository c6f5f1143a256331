import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import type { IncrementalPlan } from './incrementalPlan.ts';
import { countRows } from './replaceRelation.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { named, tableColumns, type DeclaredColumn } from './tableColumns.ts';
import { inTransaction } from './inTransaction.ts';

/** What is wrong with rows that cannot be taken in; nothing was changed for good. */
export class GrowthRefused extends Error {
  readonly kind: 'schemaChanged' | 'unknownKey' | 'mergeDuplicates';

  constructor(kind: GrowthRefused['kind'], detail: string) {
    super(detail);
    this.name = 'GrowthRefused';
    this.kind = kind;
  }
}

/** dbt's names for the table that rows go into and for the new rows, which predicates use. */
export const [dest, src] = ['DBT_INTERNAL_DEST', 'DBT_INTERNAL_SOURCE'];

/** The name of the table in which the new rows of a table stand. */
export const stagingName = (table: string): string => `${table}__dbt_tmp`;

/** Conditions of a growth in SQLite's SQL, over the table as `dest` and the new rows as `src`. */
export interface GrowthConditions {
  /** What must hold for a row to be replaced or updated, beside its key. */
  readonly predicates: readonly string[];
  /** The rows that give way whatever their keys. */
  readonly removed: string | undefined;
  /** The new rows that are taken; undefined for all. */
  readonly taken: string | undefined;
}

/** How rows are taken in: what the plan says, with its conditions as the engine reads them. */
type Growth = Omit<IncrementalPlan, 'predicates' | 'replaced'> & GrowthConditions;

/**
 * Takes the rows of a query into a table as the plan says, within a transaction (dbt-adapters:
 * materializations/models/incremental). Gives the statements that were run and the number of rows there are now.
 * Throws `GrowthRefused`, the engine's errors, and what `verify` throws when it has looked at the grown table.
 */
export async function growTable(
  engine: SqlEngine,
  table: string,
  query: string,
  plan: Growth,
  verify: () => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly sql: string; readonly rowCount: number }> {
  const staging = stagingName(table);
  const run: string[] = [];
  const exec = async (sql: string): Promise<void> => {
    run.push(sql);
    await engine.exec(sql);
  };
  return inTransaction(engine, async () => {
    await exec(`create temp table ${quoteIdentifier(staging)} as\n${query}`);
    const growth = await preparedGrowth(engine, table, staging, plan);
    for (const statement of growth) await exec(statement);
    await exec(`drop table temp.${quoteIdentifier(staging)}`);
    await verify();
    return { sql: run.join(';\n'), rowCount: await countRows(engine, embeddedTable(table)) };
  });
}

/** The statements that take the staged rows in. */
async function preparedGrowth(
  engine: SqlEngine,
  table: string,
  staging: string,
  plan: Growth,
): Promise<readonly string[]> {
  const staged = await tableColumns(engine, staging, 'temp');
  const present = await tableColumns(engine, table);
  const target = embeddedTable(table);
  const source = `temp.${quoteIdentifier(staging)}`;
  const { changes, columns } = schemaChanges(target, present, staged, plan.onSchemaChange);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const insert = `insert into ${target} (${names}) select ${names} from ${source}`;
  const conditions = plan.predicates.map((one) => `(${one})`);
  if (plan.removed !== undefined) {
    const gone = [`(${plan.removed})`, ...conditions].join(' and ');
    const taken = plan.taken === undefined ? '' : ` as ${src} where ${plan.taken}`;
    return [...changes, `delete from ${target} as ${dest} where ${gone}`, `${insert}${taken}`];
  }
  const missingKey = plan.uniqueKey.find((name) => named(staged, bare(name)) === undefined);
  if (missingKey !== undefined) throw new GrowthRefused('unknownKey', missingKey);
  const keys = plan.uniqueKey.map(bare).map(quoteIdentifier);
  if (keys.length === 0 || plan.strategy === 'append') return [...changes, insert];
  const sameKeys = keys.map((key) => `${dest}.${key} = ${src}.${key}`);
  if (plan.strategy === 'delete+insert') {
    const replaced = `exists (select 1 from ${source} as ${src} where ${sameKeys.join(' and ')})`;
    const remove = `delete from ${target} as ${dest} where ${[replaced, ...conditions].join(' and ')}`;
    return [...changes, remove, insert];
  }
  const same = [...sameKeys, ...conditions].join(' and ');
  await checkMerge(engine, { target, source, keys, same });
  const updated = updatedColumns(columns, plan).map(({ name }) => quoteIdentifier(name));
  const sets = updated.map((name) => `${name} = ${src}.${name}`).join(', ');
  const update =
    updated.length === 0 ? [] : [`update ${target} as ${dest} set ${sets} from ${source} as ${src} where ${same}`];
  const fresh = `${insert} as ${src} where not exists (select 1 from ${target} as ${dest} where ${same})`;
  return [...changes, ...update, fresh];
}

/** A merge has no answer when two new rows are for one old row. */
async function checkMerge(
  engine: SqlEngine,
  { target, source, keys, same }: { target: string; source: string; keys: readonly string[]; same: string },
): Promise<void> {
  const named = keys.map((key) => `${src}.${key}`);
  const { rows } = await engine.query(
    `select ${named.join(', ')} from ${source} as ${src} where exists (select 1 from ${target} as ${dest} where ${same}) group by ${named.join(', ')} having count(*) > 1 limit 1`,
  );
  const [twice] = rows;
  if (twice !== undefined) throw new GrowthRefused('mergeDuplicates', twice.map(String).join(', '));
}

function updatedColumns(columns: readonly DeclaredColumn[], plan: Growth): readonly DeclaredColumn[] {
  const within = (list: readonly string[], name: string): boolean =>
    list.some((one) => bare(one).toLowerCase() === name.toLowerCase());
  const { updateColumns, excludeColumns } = plan;
  if (updateColumns !== undefined) return columns.filter(({ name }) => within(updateColumns, name));
  return columns.filter(({ name }) => !within(excludeColumns ?? [], name));
}

/** What must be altered first, and the columns that rows are put into. */
export function schemaChanges(
  target: string,
  present: readonly DeclaredColumn[],
  staged: readonly DeclaredColumn[],
  onSchemaChange: IncrementalPlan['onSchemaChange'],
): { readonly changes: readonly string[]; readonly columns: readonly DeclaredColumn[] } {
  if (onSchemaChange === 'ignore') return { changes: [], columns: present };
  const added = staged.filter(({ name }) => named(present, name) === undefined);
  const gone = present.filter(({ name }) => named(staged, name) === undefined);
  if (onSchemaChange === 'fail' && (added.length > 0 || gone.length > 0)) {
    const list = (columns: readonly DeclaredColumn[]): string =>
      columns.length === 0 ? 'none' : columns.map(({ name }) => name).join(', ');
    throw new GrowthRefused('schemaChanged', `new columns: ${list(added)}; columns that are gone: ${list(gone)}`);
  }
  const adding = added.map(
    ({ name, declaredType }) => `alter table ${target} add column ${`${quoteIdentifier(name)} ${declaredType}`.trim()}`,
  );
  const dropping =
    onSchemaChange === 'sync_all_columns'
      ? gone.map(({ name }) => `alter table ${target} drop column ${quoteIdentifier(name)}`)
      : [];
  return { changes: [...adding, ...dropping], columns: staged };
}

/** A key's name without the quotes that it may be written in. */
function bare(name: string): string {
  return name.replace(/^(["`[])(.*)["`\]]$/, '$2');
}
