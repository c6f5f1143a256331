import fc from 'fast-check';

const columnNames = [
  'id',
  'code',
  'status',
  'amount',
  'created_at',
  'updated_at',
  'is_open',
  'day',
  'owner_id',
] as const;

/** A column as a properties file declares it: JSON is YAML. */
export interface RandomColumn {
  readonly name: (typeof columnNames)[number];
  readonly data_type?: string;
  readonly data_tests: readonly unknown[];
  readonly config: { readonly meta: { readonly modelyard: Readonly<Record<string, unknown>> } };
  readonly asked: Asked;
}

/** What a column is asked to be, for the independent check. */
export interface Asked {
  readonly notNull: boolean;
  readonly unique: boolean;
  readonly accepted?: readonly string[];
  readonly range?: readonly [number, number];
  /** Greater than this, by `expression_is_true`. */
  readonly above?: number;
  readonly parent?: { readonly table: string; readonly column: string };
  readonly where?: { readonly column: string; readonly value: string };
  readonly oneToOne: boolean;
  readonly after?: string;
}

export interface RandomTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly RandomColumn[];
  /** Columns that together have no value twice. */
  readonly combinations: readonly (readonly string[])[];
}

export interface RandomProject {
  readonly tables: readonly RandomTable[];
  readonly seed: number;
}

const tableNames = ['alpha', 'beta', 'gamma', 'delta', 'omega'] as const;

const chance = (percent: number): fc.Arbitrary<boolean> =>
  fc.integer({ min: 0, max: 99 }).map((drawn) => drawn >= 100 - percent);

function sometimes<T>(percent: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.tuple(chance(percent), value).map(([is, one]) => (is ? one : undefined));
}

/** An object without the entries that are undefined. */
function given(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

const nullRate = sometimes(20, fc.constantFrom(0, 0.1, 0.5, 1));
const integers = fc.tuple(fc.integer({ min: -50, max: 400 }), fc.integer({ min: 0, max: 500 }));
const words = fc.uniqueArray(fc.constantFrom('a', 'b,c', 'say "x"', 'd', 'é', '7', 'TRUE'), {
  minLength: 1,
  maxLength: 5,
});

interface OwnColumn {
  readonly type: string | undefined;
  readonly tests: readonly unknown[];
  readonly hints: Readonly<Record<string, unknown>>;
  readonly asked: Partial<Asked>;
}

const numberColumn: fc.Arbitrary<OwnColumn> = fc
  .record({
    type: fc.constantFrom('integer', 'bigint', 'numeric(9,2)', 'double'),
    range: sometimes(30, integers),
    above: sometimes(15, fc.integer({ min: -20, max: 100 })),
    bounds: sometimes(30, integers),
    distribution: sometimes(
      20,
      fc.constantFrom(
        'uniform',
        { name: 'normal', mean: 100, deviation: 20 },
        { name: 'lognormal', median: 50, sigma: 0.8 },
        { name: 'zipf', exponent: 1.1 },
      ),
    ),
    distinct: sometimes(10, fc.constant(true)),
    null_rate: nullRate,
  })
  .map(({ type, range, above, bounds, distribution, distinct, null_rate }) => {
    const accepted = range === undefined ? undefined : ([range[0], range[0] + range[1]] as const);
    const [min, max] = bounds === undefined ? [] : [bounds[0], bounds[0] + bounds[1]];
    return {
      type,
      tests: [
        ...(accepted === undefined
          ? []
          : [{ 'dbt_utils.accepted_range': { arguments: { min_value: accepted[0], max_value: accepted[1] } } }]),
        ...(above === undefined
          ? []
          : [{ 'dbt_utils.expression_is_true': { arguments: { expression: `> ${String(above)}` } } }]),
      ],
      hints: given({ min, max, distribution, distinct, null_rate }),
      asked: given({ range: accepted, above }),
    };
  });

const textColumn: fc.Arbitrary<OwnColumn> = fc
  .record({
    type: fc.constantFrom('text', 'varchar(20)', undefined),
    values: sometimes(50, words),
    weights: sometimes(
      30,
      fc.dictionary(fc.constantFrom('a', 'd', 'é', 'zz'), fc.integer({ min: 0, max: 5 }), { minKeys: 1 }),
    ),
    pattern: sometimes(15, fc.constantFrom('[A-Z]{6}', '\\d{2}', '["a,]{3}', '[0-9a-f]{20}')),
    generator: sometimes(10, fc.constantFrom('country_code', 'uuid')),
    null_rate: nullRate,
  })
  .map(({ type, values, weights, pattern, generator, null_rate }) => ({
    type,
    tests: values === undefined ? [] : [{ accepted_values: { arguments: { values } } }],
    hints: given({ weights, pattern, generator, null_rate }),
    asked: values === undefined ? {} : { accepted: values },
  }));

const booleanColumn: fc.Arbitrary<OwnColumn> = fc
  .record({
    weights: sometimes(40, fc.constantFrom({ true: 1 }, { true: 3, false: 1 }, { false: 1, true: 0 })),
    null_rate: nullRate,
  })
  .map(({ weights, null_rate }) => ({ type: 'boolean', tests: [], hints: given({ weights, null_rate }), asked: {} }));

const timeColumn: fc.Arbitrary<OwnColumn> = fc
  .record({
    type: fc.constantFrom('timestamp', 'date'),
    min: sometimes(25, fc.constantFrom('2020-01-01', '2024-06-01')),
    max: sometimes(25, fc.constantFrom('2024-06-30', '2025-12-31')),
    after: sometimes(35, fc.constantFrom(...columnNames, 'alpha.created_at', 'beta.day')),
    within: sometimes(15, fc.constantFrom('3 days', '2 hours')),
    null_rate: nullRate,
  })
  .map(({ type, after, within, ...others }) => ({
    type,
    tests: [],
    hints: given({ ...others, after, within: after === undefined ? undefined : within }),
    asked: after === undefined ? {} : { after },
  }));

const childColumn: fc.Arbitrary<OwnColumn> = fc
  .record({
    table: fc.constantFrom(...tableNames),
    column: fc.constantFrom('id', 'id', 'id', 'code', 'status'),
    where: sometimes(20, fc.constantFrom('is_open', 'not is_open', { status: 'a' })),
    one_to_one: sometimes(15, fc.constant(true)),
    fan_out: sometimes(20, fc.constantFrom('even', { name: 'zipf', exponent: 1.2 }, { min: 1, max: 3 }, { max: 40 })),
    null_rate: nullRate,
  })
  .map(({ table, column, where, one_to_one, fan_out, null_rate }) => ({
    type: 'integer',
    tests: [{ relationships: { arguments: { to: `source('shop', '${table}')`, field: column } } }],
    hints: given({ where, one_to_one, fan_out, null_rate }),
    asked: { parent: { table, column }, oneToOne: one_to_one ?? false, ...whereAsked(where) },
  }));

function whereAsked(where: string | { readonly status: string } | undefined): Partial<Asked> {
  if (where === undefined) return {};
  if (typeof where === 'object') return { where: { column: 'status', value: where.status } };
  return { where: { column: 'is_open', value: where.startsWith('not') ? 'FALSE' : 'TRUE' } };
}

const ownColumns: Readonly<Record<(typeof columnNames)[number], fc.Arbitrary<OwnColumn>>> = {
  id: fc.constantFrom('integer', 'uuid').map((type) => ({ type, tests: [], hints: {}, asked: {} })),
  code: fc.oneof(textColumn, numberColumn),
  status: textColumn,
  amount: numberColumn,
  created_at: timeColumn,
  updated_at: timeColumn,
  is_open: booleanColumn,
  day: timeColumn,
  owner_id: childColumn,
};

function column(name: (typeof columnNames)[number]): fc.Arbitrary<RandomColumn> {
  const flags = { notNull: chance(name === 'id' ? 80 : 25), unique: chance(name === 'id' ? 80 : 10) };
  return fc.record({ own: ownColumns[name], ...flags }).map(({ own, notNull, unique }) => ({
    name,
    ...(own.type === undefined ? {} : { data_type: own.type }),
    data_tests: [...(notNull ? ['not_null'] : []), ...(unique ? ['unique'] : []), ...own.tests],
    config: { meta: { modelyard: own.hints } },
    asked: { notNull, unique, oneToOne: false, ...own.asked },
  }));
}

const columns: fc.Arbitrary<readonly RandomColumn[]> = fc
  .subarray([...columnNames], { minLength: 1 })
  .chain((names) => fc.tuple(...(names.includes('id') ? names : ['id' as const, ...names]).map(column)));

const table = (name: string): fc.Arbitrary<RandomTable> =>
  fc
    .record({
      rows: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 5, max: 300 })),
      columns,
      combined: sometimes(20, fc.subarray([...columnNames], { minLength: 2, maxLength: 3 })),
    })
    .map(({ rows, columns: made, combined }) => {
      const known = combined?.filter((one) => made.some((column) => column.name === one)) ?? [];
      return { name, rows, columns: made, combinations: known.length > 1 ? [known] : [] };
    });

/**
 * Projects of one to five tables. Most are free of plain contradictions; the others have them, and may name tables and
 * columns that are not there.
 */
export const randomProjects: fc.Arbitrary<RandomProject> = fc
  .record({
    tables: fc.integer({ min: 1, max: 5 }).chain((count) => fc.tuple(...tableNames.slice(0, count).map(table))),
    isTidy: chance(85),
    seed: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ tables, isTidy, seed }) => ({ tables: isTidy ? tables.map((one) => tidy(one, tables)) : tables, seed }));

/** A table without hints that contradict its tests or name what is not there. */
function tidy(one: RandomTable, tables: readonly RandomTable[]): RandomTable {
  return { ...one, columns: one.columns.map((column) => tidyColumn(column, one, tables)) };
}

function tidyColumn(column: RandomColumn, own: RandomTable, tables: readonly RandomTable[]): RandomColumn {
  const hints = column.config.meta.modelyard;
  const { unique, accepted, parent, where, after } = column.asked;
  const there = tables.find(({ name }) => name === parent?.table);
  const isOwn = there?.name === own.name;
  const hasParent = there?.columns.some(({ name }) => name === parent?.column) === true;
  const meets = there?.columns.some(
    ({ name, asked }) => name === where?.column && !(asked.accepted?.includes('a') === false),
  );
  const base = own.columns.find(({ name }) => name === after);
  const follows =
    base !== undefined &&
    base.data_type === column.data_type &&
    columnNames.indexOf(base.name) < columnNames.indexOf(column.name);
  const notNull = column.asked.notNull && !isOwn;
  const stray = new Set([
    ...(notNull ? ['null_rate'] : []),
    ...(unique || hints['distinct'] === true ? ['weights', 'distribution', 'fan_out', 'after', 'within'] : []),
    ...(accepted === undefined ? [] : ['pattern', 'generator', 'weights']),
    ...(hints['pattern'] === undefined ? [] : ['weights', 'generator']),
    ...(hints['generator'] === undefined ? [] : ['weights']),
    ...(hints['one_to_one'] === true || isOwn ? ['fan_out'] : []),
    ...(meets === true && !isOwn ? [] : ['where']),
    ...(follows && !unique ? ['max', 'min'] : ['after', 'within']),
    ...(hasParent ? [] : ['one_to_one', 'fan_out']),
  ]);
  const kept = Object.fromEntries(Object.entries(hints).filter(([name]) => !stray.has(name)));
  const isDropped = (test: unknown): boolean =>
    (test === 'not_null' && !notNull) || (parent !== undefined && !hasParent && typeof test === 'object');
  return {
    ...column,
    data_tests: column.data_tests.filter((test) => !isDropped(test)),
    config: { meta: { modelyard: kept } },
    asked: {
      notNull,
      unique,
      oneToOne: kept['one_to_one'] === true,
      ...given({ accepted, range: column.asked.range, above: column.asked.above }),
      ...(hasParent && parent !== undefined ? { parent } : {}),
      ...(kept['where'] !== undefined && where !== undefined ? { where } : {}),
      ...(kept['after'] !== undefined && after !== undefined ? { after } : {}),
    },
  };
}

/** The properties file of a project's sources. */
export function propertiesOf(tables: readonly RandomTable[]): string {
  const described = tables.map(({ name, columns: made, combinations }) => ({
    name,
    data_tests: combinations.map((names) => ({
      'dbt_utils.unique_combination_of_columns': { arguments: { combination_of_columns: names } },
    })),
    columns: made.map(({ name: column, data_type, data_tests, config }) =>
      given({ name: column, data_type, data_tests, config }),
    ),
  }));
  return JSON.stringify({ sources: [{ name: 'shop', tables: described }] }, undefined, 1);
}

type Row = Readonly<Record<string, string>>;

/** What the rows of a project break of what was asked of them: one line a fault, with no help of the generator's. */
export function broken(
  { tables }: Pick<RandomProject, 'tables'>,
  rowsOf: (table: string) => readonly Row[],
): readonly string[] {
  return tables.flatMap((one) => {
    const rows = rowsOf(one.name);
    const count = rows.length === one.rows ? [] : [`${one.name} has ${String(rows.length)} rows`];
    const combined = one.combinations.filter(
      (names) => !areDifferent(rows.map((row) => JSON.stringify(names.map((name) => row[name])))),
    );
    return [
      ...count,
      ...combined.map((names) => `${one.name} (${names.join(', ')}) twice`),
      ...one.columns.flatMap((column) =>
        brokenRules(column, rows, rowsOf).map((fault) => `${one.name}.${column.name} ${fault}`),
      ),
    ];
  });
}

function brokenRules(
  { name, asked }: RandomColumn,
  rows: readonly Row[],
  rowsOf: (table: string) => readonly Row[],
): string[] {
  const all = rows.map((row) => row[name] ?? '');
  const filled = all.filter((value) => value !== '');
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const { accepted, range, above, parent, where, after } = asked;
  demand(!asked.notNull || filled.length === all.length, 'is empty');
  demand(!asked.unique || areDifferent(filled), 'has a value twice');
  demand(
    accepted === undefined || filled.every((value) => accepted.includes(value)),
    'has a value that is not accepted',
  );
  if (range !== undefined) {
    const [low, high] = range;
    demand(
      filled.every((value) => Number(value) >= low && Number(value) <= high),
      'is out of range',
    );
  }
  demand(above === undefined || filled.every((value) => Number(value) > above), 'is not greater than asked');
  if (parent !== undefined) {
    const meant = rowsOf(parent.table).filter((row) => where === undefined || row[where.column] === where.value);
    const known = new Set(meant.map((row) => row[parent.column]));
    const isKey = areDifferent(meant.map((row) => row[parent.column] ?? ''));
    demand(!asked.oneToOne || !isKey || areDifferent(filled), 'has a parent twice');
    demand(
      filled.every((value) => known.has(value)),
      'has no parent',
    );
  }
  if (after !== undefined && !after.includes('.')) {
    const holds = rows.every((row) => row[name] === '' || row[after] === '' || (row[name] ?? '') >= (row[after] ?? ''));
    demand(holds, `comes before ${after}`);
  }
  return faults;
}

function areDifferent(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
