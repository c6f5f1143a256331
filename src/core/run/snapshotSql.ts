import { quoteIdentifier } from '../compile/relation.ts';
import { md5Function } from '../sql/functions/engineFunctions.ts';
import { sqlText } from './sqlText.ts';
import type { SnapshotPlan } from './snapshotPlan.ts';
import { named, type DeclaredColumn } from './tableColumns.ts';

/** What the statements of a snapshot are about; relations are quoted names. */
export interface SnapshotSubject {
  readonly plan: SnapshotPlan;
  readonly target: string;
  /** The rows of the query now. */
  readonly source: string;
  /** The versions of the target that are valid now, with their rowid as `modelyard_row`. */
  readonly current: string;
  readonly sourceColumns: readonly DeclaredColumn[];
  /** The moment of the run, as the database keeps moments. */
  readonly now: string;
  /** A literal; `null` unless the plan has one. */
  readonly validToCurrent: string;
}

/** The query that makes the table of a snapshot that runs for the first time (dbt-adapters: build_snapshot_table). */
export function firstVersions(subject: SnapshotSubject): string {
  const { plan, source, sourceColumns } = subject;
  const meta = metaExpressions(subject, 's');
  const columns = sourceColumns.map(({ name }) => `s.${quoteIdentifier(name)}`);
  const added = Object.entries(meta).map(([name, expression]) => `${expression} as ${quoteIdentifier(name)}`);
  const deleted = plan.hardDeletes === 'new_record' ? [`'False' as ${quoteIdentifier(plan.columns.isDeleted)}`] : [];
  return `select ${[...columns, ...added, ...deleted].join(', ')} from ${source} as s`;
}

/** The versions that are valid now (dbt-adapters: snapshotted_data). */
export function currentVersions({ plan, target, validToCurrent }: SnapshotSubject): string {
  const validTo = quoteIdentifier(plan.columns.validTo);
  const also = plan.validToCurrent === undefined ? '' : ` or ${validTo} = ${validToCurrent}`;
  return `select rowid as modelyard_row, * from ${target} where ${validTo} is null${also}`;
}

/**
 * The statements that end versions and add new ones, after columns that are new were added to the target
 * (dbt-adapters: snapshot_staging_table and snapshot_merge_sql). `present` are the target's columns before that.
 */
export function nextVersions(subject: SnapshotSubject, present: readonly DeclaredColumn[]): readonly string[] {
  const { plan, target, source, current, sourceColumns, now } = subject;
  const { columns } = plan;
  const q = quoteIdentifier;
  const isNew = plan.hardDeletes === 'new_record';
  const same = plan.uniqueKey.map((key) => `c.${q(key)} = s.${q(key)}`).join(' and ');
  const firstKey = q(plan.uniqueKey[0] ?? '');
  const wasDeleted = isNew ? ` or c.${q(columns.isDeleted)} = 'True'` : '';
  const changed = `(${rowChanged(subject, present)}${wasDeleted})`;
  const meta = metaExpressions(subject, 's');
  const names = sourceColumns.map(({ name }) => q(name));
  const deletedName = isNew ? [q(columns.isDeleted)] : [];
  const into = (more: readonly string[]): string =>
    `insert into ${target} (${[...names, ...more, ...deletedName].join(', ')})`;
  const inserted = [...names.map((name) => `s.${name}`), ...Object.values(meta), ...(isNew ? ["'False'"] : [])];
  const insertions = `${into(Object.keys(meta).map(q))} select ${inserted.join(', ')} from ${source} as s left join ${current} as c on ${same} where c.${firstKey} is null or ${changed}`;
  const validTo = q(columns.validTo);
  const ends = `update ${target} as t set ${validTo} = e.ended from (select c.modelyard_row, ${updatedAt(subject, 's')} as ended from ${source} as s join ${current} as c on ${same} where ${changed}) as e where t.rowid = e.modelyard_row`;
  if (plan.hardDeletes === 'ignore') return [insertions, ends];
  const stillThere = isNew ? ` and not (c.${q(columns.isDeleted)} = 'True' and c.${validTo} is null)` : '';
  const gone = `from ${current} as c left join ${source} as s on ${same} where s.${firstKey} is null${stillThere}`;
  const deletes = `update ${target} as t set ${validTo} = ${sqlText(now)} where t.rowid in (select c.modelyard_row ${gone})`;
  if (!isNew) return [insertions, ends, deletes];
  const kept = sourceColumns.map(({ name }) => (named(present, name) === undefined ? 'null' : `c.${q(name)}`));
  const moment = sqlText(now);
  const id = `${md5Function}(coalesce(c.${q(columns.scdId)}, '') || '|' || ${moment})`;
  const record = [...kept, id, moment, moment, `c.${validTo}`, "'True'"];
  const deletions = `${into(Object.keys(meta).map(q))} select ${record.join(', ')} ${gone}`;
  return [insertions, ends, deletions, deletes];
}

/** Expressions of the columns that a new version has beside the row's own, by name. */
function metaExpressions(subject: SnapshotSubject, alias: string): Readonly<Record<string, string>> {
  const { plan, validToCurrent } = subject;
  const at = updatedAt(subject, alias);
  const parts = [...plan.uniqueKey.map((key) => `${alias}.${quoteIdentifier(key)}`), at];
  const text = parts.map((part) => `coalesce(cast(${part} as text), '')`).join(" || '|' || ");
  return {
    [plan.columns.scdId]: `${md5Function}(${text})`,
    [plan.columns.updatedAt]: at,
    [plan.columns.validFrom]: at,
    [plan.columns.validTo]: `coalesce(nullif(${at}, ${at}), ${validToCurrent})`,
  };
}

function updatedAt({ plan, now }: SnapshotSubject, alias: string): string {
  return plan.updatedAt === undefined ? sqlText(now) : `${alias}.${quoteIdentifier(plan.updatedAt)}`;
}

/** Whether a row is another version than the one that is valid; a column that is new makes every row one. */
function rowChanged({ plan, sourceColumns }: SnapshotSubject, present: readonly DeclaredColumn[]): string {
  if (plan.check === undefined)
    return `c.${quoteIdentifier(plan.columns.validFrom)} < s.${quoteIdentifier(plan.updatedAt ?? '')}`;
  const checked = plan.check === 'all' ? sourceColumns.map(({ name }) => name) : plan.check;
  if (checked.some((name) => named(present, name) === undefined)) return 'true';
  return checked.map((name) => `c.${quoteIdentifier(name)} is not s.${quoteIdentifier(name)}`).join(' or ');
}
