import { embeddedTable, quoteIdentifier } from '../../compile/relation.ts';
import type { DataColumn, DataTable } from '../../datagen/dataModel.ts';
import { isPlainMap, type PlainMap } from '../../project/plainValue.ts';
import type { SqlEngine, SqlValue } from '../../run/sqlEngine.ts';
import type { SqlType } from '../../sql/translation.ts';
import type { DescribedTable } from '../defects/defectKinds.ts';
import type { RawTable } from '../rawTable.ts';

/**
 * The table with hints that keep the shape of its rows: the share of empty values, how often each value occurs, the
 * range and distribution of numbers, the span of times, and how many rows refer to each parent. What a column is made
 * from (other columns, a pattern, a key) stays as the project says it.
 */
export async function fitShape(
  engine: SqlEngine,
  { described, raw }: DescribedTable,
  tables: ReadonlyMap<string, DescribedTable>,
): Promise<DataTable> {
  const columns: DataColumn[] = [];
  for (const column of described.columns) {
    const type = raw.columns.find((one) => one.name.toLowerCase() === column.name.toLowerCase())?.type;
    const isCombined = described.uniqueCombinations.some((one) => one.columns.includes(column.name));
    const isShaped = type !== undefined && raw.rows > 0;
    columns.push(isShaped ? await fitColumn({ engine, raw, column, type, isCombined, tables }) : column);
  }
  return { ...described, columns };
}

interface Fitting {
  readonly engine: SqlEngine;
  readonly raw: RawTable;
  readonly column: DataColumn;
  readonly type: SqlType;
  /** One of several columns that together have no value twice. */
  readonly isCombined: boolean;
  readonly tables: ReadonlyMap<string, DescribedTable>;
}

async function fitColumn(fitting: Fitting): Promise<DataColumn> {
  const { column, type } = fitting;
  const dataType = column.dataType ?? typeNames[type.kind]?.(type);
  const shape = await shapeOf(fitting);
  // A share of empty values that no row shows is gone, and a list of words goes before a generator.
  const gone = [
    ...(isMadeFromOthers(column.hints) || column.notNull ? [] : ['null_rate']),
    ...('weights' in shape ? ['generator'] : []),
  ];
  const own = Object.entries(column.hints).filter(([hint]) => !gone.includes(hint));
  return { ...column, dataType, hints: { ...Object.fromEntries(own), ...shape } };
}

/** Hints that are made from the rows, in the place of the column's own. */
async function shapeOf(fitting: Fitting): Promise<PlainMap> {
  const { column, type } = fitting;
  const { hints } = column;
  if (isMadeFromOthers(hints)) return {};
  const empty = column.notNull ? {} : await emptyShare(fitting);
  // Columns that together have no value twice need all their values, each as likely as the others.
  if (fitting.isCombined) return empty;
  if (column.relationship !== undefined) return { ...empty, ...(await fanOut(fitting, column.relationship)) };
  if (column.unique || hints['distinct'] === true || hints['after'] !== undefined) return empty;
  if (type.kind === 'boolean' || column.acceptedValues !== undefined)
    return { ...empty, ...(await frequencies(fitting)) };
  switch (type.kind) {
    case 'text':
      return { ...empty, ...(await textShape(fitting)) };
    case 'integer':
    case 'decimal':
    case 'real':
      return { ...empty, ...(await numberShape(fitting)) };
    case 'date':
    case 'timestamp':
      return { ...empty, ...(await timeSpan(fitting)) };
    default:
      return empty;
  }
}

function isMadeFromOthers(hints: PlainMap): boolean {
  return hints['equals'] !== undefined || hints['sums_to'] !== undefined;
}

const typeNames: Partial<Record<SqlType['kind'], (type: SqlType) => string>> = {
  integer: () => 'integer',
  decimal: (type) => `decimal(18, ${String(type.kind === 'decimal' ? Math.min(type.scale, 6) : 2)})`,
  real: () => 'double',
  boolean: () => 'boolean',
  date: () => 'date',
  timestamp: () => 'timestamp',
  text: () => 'text',
};

async function rowsOf(
  { engine, raw, column }: Fitting,
  select: string,
  rest = '',
): Promise<readonly (readonly SqlValue[])[]> {
  const name = quoteIdentifier(column.name);
  const { rows } = await engine.query(
    `select ${select.replaceAll('$', name)} from ${embeddedTable(raw.relation)} ${rest.replaceAll('$', name)}`,
  );
  return rows;
}

async function emptyShare(fitting: Fitting): Promise<PlainMap> {
  const [[empty = 0] = []] = await rowsOf(fitting, 'count(*) - count($)');
  return empty === 0 ? {} : { null_rate: Number(empty) / fitting.raw.rows };
}

/** More values than these are no list of values. */
const mostWords = 2000;

async function frequencies(fitting: Fitting): Promise<PlainMap> {
  const rows = await rowsOf(fitting, '$, count(*)', 'where $ is not null group by $ order by 2 desc, 1');
  if (rows.length === 0 || rows.length > mostWords) return {};
  const isBoolean = fitting.type.kind === 'boolean';
  const word = (value: SqlValue = null): string =>
    isBoolean ? (Number(value) === 1 ? 'true' : 'false') : String(value);
  const weights = expectedWeights(fitting.column, isBoolean);
  for (const [value, count] of rows) weights.set(word(value), (weights.get(word(value)) ?? 0) + Number(count));
  return { weights: Object.fromEntries(weights) };
}

/**
 * One row's worth of the values that the project names, by their weights: three rows that happen to have one value do
 * not mean that no other is to come, and a thousand hardly notice.
 */
function expectedWeights({ hints, acceptedValues }: DataColumn, isBoolean: boolean): Map<string, number> {
  const weights = new Map<string, number>();
  const written = isPlainMap(hints['weights']) ? Object.entries(hints['weights']) : undefined;
  const named = written ?? (acceptedValues ?? (isBoolean ? ['false', 'true'] : [])).map((value) => [value, 1] as const);
  const total = named.reduce((sum, [, weight]) => sum + Number(weight), 0);
  for (const [value, weight] of named) if (total > 0) weights.set(value, Number(weight) / total);
  return weights;
}

/** Texts of which most occur more than once, or that the project lists, are words with frequencies; others are made. */
async function textShape(fitting: Fitting): Promise<PlainMap> {
  const { hints } = fitting.column;
  if (hints['pattern'] !== undefined) return {};
  const [[filled = 0, different = 0] = []] = await rowsOf(fitting, 'count($), count(distinct $)');
  const isList = hints['weights'] !== undefined || Number(different) * 2 <= Number(filled);
  return isList ? frequencies(fitting) : {};
}

/** Points at which the distribution of numbers is taken. */
const quantiles = 200;

async function numberShape(fitting: Fitting): Promise<PlainMap> {
  const [[filled = 0, min = 0, max = 0] = []] = await rowsOf(fitting, 'count($), min($), max($)');
  if (Number(filled) === 0) return {};
  const step = Math.max(1, Math.floor(Number(filled) / quantiles));
  const rows = await rowsOf(
    fitting,
    'value from (select $ as value, row_number() over (order by $) as place',
    `where $ is not null) where (place - 1) % ${String(step)} = 0 or place = ${String(filled)}`,
  );
  const values = rows.map(([value = 0]) => Number(value));
  return { min: Number(min), max: Number(max), distribution: { name: 'empirical', values } };
}

async function timeSpan(fitting: Fitting): Promise<PlainMap> {
  const [[min = null, max = null] = []] = await rowsOf(fitting, 'min($), max($)');
  if (min === null || max === null) return {};
  const whole = (value: SqlValue): string => String(value).replace(/\.\d+$/, '');
  return { min: whole(min), max: whole(max) };
}

/** How many rows each parent has, as relative popularity. */
async function fanOut(
  fitting: Fitting,
  { table, column: key }: NonNullable<DataColumn['relationship']>,
): Promise<PlainMap> {
  const { engine, raw, column, tables } = fitting;
  const parent = tables.get(table);
  const { hints } = column;
  const isShaped = hints['fan_out'] !== undefined || hints['one_to_one'] === true || hints['distinct'] === true;
  if (parent === undefined || isShaped || column.unique || parent.raw === raw || parent.raw.rows === 0) return {};
  const own = quoteIdentifier(column.name);
  const counted = `select count(c.${own}) as n from ${embeddedTable(parent.raw.relation)} p left join ${embeddedTable(raw.relation)} c on c.${own} = p.${quoteIdentifier(key)} group by p._rowid_`;
  const step = Math.max(1, Math.floor(parent.raw.rows / quantiles));
  const { rows } = await engine.query(
    `select n from (select n, row_number() over (order by n desc) as place from (${counted})) where (place - 1) % ${String(step)} = 0`,
  );
  const values = rows.map(([count = 0]) => Number(count));
  return values.some((count) => count > 0) ? { fan_out: { name: 'empirical', values } } : {};
}
