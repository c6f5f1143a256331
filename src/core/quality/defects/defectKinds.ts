import { embeddedTable, quoteIdentifier } from '../../compile/relation.ts';
import type { DataColumn, DataTable } from '../../datagen/dataModel.ts';
import { readColumnHints, type ColumnHints } from '../../datagen/hints.ts';
import { sqlText } from '../../run/sqlText.ts';
import type { SqlType } from '../../sql/translation.ts';
import type { RawTable } from '../rawTable.ts';
import type { DefectKind, DefectName } from './defect.ts';

/**
 * A kind of defect with the query that gives the rows where it can be planted: the row's number, the value there and
 * the value that spoils it. The table is called t in it.
 */
export interface DefectSource {
  readonly kind: DefectKind;
  readonly candidates: string;
}

/** A described table with its rows in the database. */
export interface DescribedTable {
  readonly described: DataTable;
  readonly raw: RawTable;
}

/** Every way in which the rows of a table can be spoiled that breaks what its tests, keys and hints say of it. */
export function defectKinds(
  { described, raw }: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
): readonly DefectSource[] {
  const ofColumns = described.columns.flatMap((column) => {
    const type = raw.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase())?.type;
    if (type === undefined) return [];
    const { hints } = readColumnHints(described, column);
    return columnKinds({ described, raw, column, type, hints, tables });
  });
  const kind: DefectKind = { name: 'repeated row', table: raw, column: undefined, rule: 'a row stands for one thing' };
  return [
    ...ofColumns,
    {
      kind,
      candidates: `select t._rowid_ as row, null as before, null as after from ${embeddedTable(raw.relation)} t`,
    },
  ];
}

interface Spoiling extends DescribedTable {
  readonly column: DataColumn;
  readonly type: SqlType;
  readonly hints: ColumnHints;
  readonly tables: ReadonlyMap<string, DescribedTable>;
}

function columnKinds(spoiling: Spoiling): readonly DefectSource[] {
  return [
    ...emptied(spoiling),
    ...repeated(spoiling),
    ...unknown(spoiling),
    ...related(spoiling),
    ...outOfRange(spoiling),
    ...tooEarly(spoiling),
    ...unequal(spoiling),
    ...otherForm(spoiling),
  ];
}

/** `select` of candidates: rows of the table, joined and filtered as `more` says, with the spoiled value. */
function candidates({ raw, column }: Spoiling, after: string, more: string): string {
  const before = `t.${quoteIdentifier(column.name)}`;
  return `select t._rowid_ as row, ${before} as before, ${after} as after from ${embeddedTable(raw.relation)} t ${more}`;
}

function source(spoiling: Spoiling, name: DefectName, rule: string, after: string, more: string): DefectSource {
  const { raw, column } = spoiling;
  return { kind: { name, table: raw, column: column.name, rule }, candidates: candidates(spoiling, after, more) };
}

function emptied(spoiling: Spoiling): readonly DefectSource[] {
  const { column, hints } = spoiling;
  const isKey = spoiling.raw.key?.toLowerCase() === column.name.toLowerCase();
  const mayBeEmpty = (hints.null_rate ?? 0) > 0 || (hints.equals !== undefined && !column.notNull);
  if (!column.notNull && !isKey && mayBeEmpty) return [];
  const rule = column.notNull ? 'not_null' : isKey ? 'the key of the table' : 'nothing says that it may be empty';
  return [source(spoiling, 'empty value', rule, 'null', `where ${own(spoiling)} is not null`)];
}

function repeated(spoiling: Spoiling): readonly DefectSource[] {
  const { column, hints, raw } = spoiling;
  if (!column.unique && hints.distinct !== true) return [];
  const other = anotherValue(raw, quoteIdentifier(column.name), '');
  const rule = column.unique ? 'unique' : 'distinct';
  return [source(spoiling, 'repeated value', rule, other, `where ${own(spoiling)} is not null`)];
}

const unknownWord = 'no such value';

function unknown(spoiling: Spoiling): readonly DefectSource[] {
  const { column, hints, type } = spoiling;
  if (type.kind !== 'text' || column.relationship !== undefined) return [];
  const rule =
    column.acceptedValues === undefined ? (hints.weights === undefined ? undefined : 'weights') : 'accepted_values';
  if (rule === undefined) return [];
  return [source(spoiling, 'unknown value', rule, sqlText(unknownWord), `where ${own(spoiling)} is not null`)];
}

function related(spoiling: Spoiling): readonly DefectSource[] {
  const { column, type, hints, tables, raw } = spoiling;
  const parent = column.relationship === undefined ? undefined : tables.get(column.relationship.table);
  if (column.relationship === undefined || parent === undefined) return [];
  const to = `${parent.raw.node.name}.${column.relationship.column}`;
  const key = quoteIdentifier(column.relationship.column);
  const isNumber = type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'real';
  const lost = isNumber
    ? `(select coalesce(max(${key}), 0) + 1000003 from ${embeddedTable(parent.raw.relation)})`
    : sqlText(unknownWord);
  const here = `where ${own(spoiling)} is not null`;
  const found = [source(spoiling, 'orphan', `relationships to ${to}`, lost, here)];
  const { where } = hints;
  if (where !== undefined) {
    const not = `(select p.${key} from ${embeddedTable(parent.raw.relation)} p where not (${conditionSql('p', where)}) and p.${key} is not null limit 1)`;
    found.push(
      source(
        spoiling,
        'parent not allowed',
        `where ${where.column}: ${where.value}`,
        not,
        `${here} and ${not} is not null`,
      ),
    );
  }
  if (hints.one_to_one === true) {
    const name = quoteIdentifier(column.name);
    const taken = anotherValue(raw, name, `and o.${name} <> t.${name}`);
    found.push(source(spoiling, 'second child', 'one_to_one', taken, `${here} and ${taken} is not null`));
  }
  return found;
}

/** `where` hints compare with a value as a file writes it. */
function conditionSql(alias: string, { column, value }: NonNullable<ColumnHints['where']>): string {
  const written = /^(true|false)$/i.test(value) ? value.toLowerCase() : sqlText(value);
  return `${alias}.${quoteIdentifier(column)} = ${written}`;
}

function outOfRange(spoiling: Spoiling): readonly DefectSource[] {
  const { column, hints, type } = spoiling;
  const range = column.acceptedRange;
  const here = `where ${own(spoiling)} is not null`;
  const found: DefectSource[] = [];
  const bound = (value: number | string | undefined, step: string): string | undefined => {
    if (typeof value === 'number' && ['integer', 'decimal', 'real'].includes(type.kind))
      return `${String(value)} ${step} 1`;
    return typeof value === 'string' ? shifted(type, sqlText(value), `${step}400 days`) : undefined;
  };
  const rule = (hint: string): string => (range === undefined ? hint : 'accepted_range');
  const [low, high] = [bound(range?.min ?? hints.min, '-'), bound(range?.max ?? hints.max, '+')];
  if (low !== undefined) found.push(source(spoiling, 'below range', rule('min'), low, here));
  if (high !== undefined) found.push(source(spoiling, 'above range', rule('max'), high, here));
  return found;
}

function tooEarly(spoiling: Spoiling): readonly DefectSource[] {
  const { hints, type } = spoiling;
  return (hints.after ?? []).flatMap((reference) => {
    const base = reached(spoiling, reference);
    if (base === undefined) return [];
    const after = shifted(type, base.value, '-1 day');
    return after === undefined
      ? []
      : [source(spoiling, 'too early', `after ${reference}`, after, `${base.join} where ${base.value} is not null`)];
  });
}

function unequal(spoiling: Spoiling): readonly DefectSource[] {
  const { hints, type, raw, column } = spoiling;
  if (hints.equals === undefined) return [];
  const rule = `equals ${hints.equals}`;
  const name = own(spoiling);
  const other = shifted(type, name, '+1 day') ?? sqlText(unknownWord);
  const filled = `(select max(${quoteIdentifier(column.name)}) from ${embeddedTable(raw.relation)})`;
  // Where the other value is empty, any value is unequal to it.
  return [
    source(
      spoiling,
      'unequal value',
      rule,
      `case when ${name} is null then ${filled} else ${other} end`,
      `where ${filled} is not null`,
    ),
  ];
}

function otherForm(spoiling: Spoiling): readonly DefectSource[] {
  const { hints, type } = spoiling;
  if (type.kind !== 'text' || (hints.pattern === undefined && hints.generator === undefined)) return [];
  const rule = hints.pattern === undefined ? `generator ${hints.generator ?? ''}` : `pattern ${hints.pattern}`;
  return [source(spoiling, 'other form', rule, sqlText('?'), `where ${own(spoiling)} is not null`)];
}

/** The value of the next row that has one, or of the first: found at once, as rows are kept in their order. */
function anotherValue(raw: RawTable, name: string, more: string): string {
  const from = (which: string): string =>
    `(select o.${name} from ${embeddedTable(raw.relation)} o where o.${name} is not null ${more} and o._rowid_ ${which} t._rowid_ order by o._rowid_ limit 1)`;
  return `coalesce(${from('>')}, ${from('<')})`;
}

/** A value moved by a span, in days for times and by one for numbers; undefined for a type that has no order. */
function shifted(type: SqlType, value: string, span: string): string | undefined {
  switch (type.kind) {
    case 'timestamp':
      return `datetime(${value}, ${sqlText(span)})`;
    case 'date':
      return `date(${value}, ${sqlText(span)})`;
    case 'integer':
    case 'decimal':
    case 'real':
      return `(${value}) ${span.startsWith('-') ? '-' : '+'} 1`;
    default:
      return undefined;
  }
}

interface Reached {
  /** The value, in the terms of the join. */
  readonly value: string;
  readonly join: string;
}

/** The column that a hint names (`created_at`, `players.updated_at`), of the same row or of the row's parent. */
function reached({ described, tables }: Spoiling, reference: string): Reached | undefined {
  const parts = reference.split('.');
  const name = quoteIdentifier(parts.pop() ?? '');
  if (parts.length === 0) return { value: `t.${name}`, join: '' };
  const source = described.id.slice(0, -described.name.length);
  const id = parts.length === 1 ? source + parts.join('') : parts.join('.');
  const link = described.columns.find((column) => column.relationship?.table === id);
  const parent = tables.get(id);
  if (link?.relationship === undefined || parent === undefined) return undefined;
  const on = `b.${quoteIdentifier(link.relationship.column)} = t.${quoteIdentifier(link.name)}`;
  return { value: `b.${name}`, join: `join ${embeddedTable(parent.raw.relation)} b on ${on}` };
}

function own({ column }: Spoiling): string {
  return `t.${quoteIdentifier(column.name)}`;
}
