/** What SQLite is told to add for a unit: a factor on the amount, and the unit that date() and datetime() know. */
const units: readonly (readonly [unit: string, factor: number, modifier: string])[] = [
  ['second', 1, 'seconds'],
  ['minute', 1, 'minutes'],
  ['hour', 1, 'hours'],
  ['day', 1, 'days'],
  ['week', 7, 'days'],
  ['month', 1, 'months'],
  ['quarter', 3, 'months'],
  ['year', 1, 'years'],
];

const from = '{{ from_date_or_timestamp }}';

function added(type: 'date' | 'datetime', finest: string): readonly string[] {
  const first = units.findIndex(([unit]) => unit === finest);
  return units.slice(first).map(([unit, factor, modifier]) => {
    const amount = factor === 1 ? '{{ interval }}' : `({{ interval }} * ${String(factor)})`;
    return `WHEN LOWER({{ datepart }}) = '${unit}' THEN ${type}(${from}, '+' || ${amount} || ' ${modifier}')`;
  });
}

function branch(type: string, condition: string, cases: readonly string[]): readonly string[] {
  return [
    `-- Matches ${type} type based on ISO-8601${type === 'DATETIME' ? ' ' : ''}`,
    `WHEN ${condition} THEN`,
    '    CASE',
    ...[...cases, 'ELSE NULL'].map((line) => `        ${line}`),
    '    END',
  ];
}

/**
 * dbt-sqlite's `dateadd` (include/sqlite/macros/utils/dateadd.sql): the value's form says whether it is a date or has a
 * time, and the unit is an SQL expression, so that callers write `"'day'"`. Comments count: compiled SQL is compared.
 */
export const sqliteDateAdd = [
  '',
  '    -- If provided a DATETIME, returns a DATETIME',
  '    -- If provided a DATE, returns a DATE',
  '',
  '    CASE',
  ...[
    ...branch(
      'DATETIME',
      `${from} LIKE '%:%' OR (${from} LIKE '%T%' AND ${from} LIKE '%Z%')`,
      added('datetime', 'second'),
    ),
    ...branch('DATE', `${from} LIKE '%-%' AND ${from} NOT LIKE '%T%' AND ${from} NOT LIKE '% %'`, [
      `WHEN LOWER({{ datepart }}) IN ('second', 'minute', 'hour') THEN date(${from})`,
      ...added('date', 'day'),
    ]),
    'ELSE',
    '    NULL',
  ].map((line) => `        ${line}`),
  '    END',
  '',
].join('\n');
