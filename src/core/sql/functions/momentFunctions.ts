import type { Dialect } from '../translation.ts';
import type { Expr } from '../tree.ts';
import { likePostgres } from '../dialectRules.ts';
import * as types from '../sqlTypes.ts';
import { cast, toMoment } from '../translate/casts.ts';
import type { CallSite } from '../translate/context.ts';
import { atom, type Emitted } from '../translate/emitted.ts';
import { intervalValue } from '../translate/intervalValue.ts';
import { addInterval, addUnits, boundariesBetween, datePart, truncated, unitOf } from '../translate/moments.ts';
import { refuseArg, stringLiteral, type FunctionRule, type FunctionTable } from './functionRule.ts';

function momentArg(site: CallSite, index: number): Emitted {
  const span = site.call.args[index]?.span ?? site.call.span;
  return toMoment(site.context, site.args[index] ?? atom('null', types.unknown), span);
}

/** Dialects in which a unit is a word: datediff(day, a, b). In the others such a word is a column. */
const wordDialects: readonly Dialect[] = ['snowflake', 'redshift', 'bigquery', 'databricks', 'spark'];

/** The name of a unit or a part; undefined when the argument is none. */
function wordOf(site: CallSite, index: number): string | undefined {
  const arg: Expr | undefined = site.call.args[index];
  if (arg?.kind === 'literal' && arg.type === 'string') return arg.value.toLowerCase();
  const isWord = arg?.kind === 'column' && arg.qualifier.length === 0 && wordDialects.includes(site.context.dialect);
  return isWord ? arg.name.name.toLowerCase() : undefined;
}

const firstArgument = (): number => 0;

const part = (name: string, dialects: readonly Dialect[]): FunctionRule => ({
  least: 1,
  most: 1,
  dialects,
  emit: (site) => datePart(site.context, name, momentArg(site, 0)) ?? refuseArg(site, 0, `the part ${name}`),
});

const everyPart: readonly Dialect[] = ['duckdb', 'snowflake', 'databricks', 'spark', 'trino'];

const named: FunctionRule = {
  least: 2,
  most: 2,
  dialects: likePostgres,
  wordAt: firstArgument,
  emit: (site) => {
    const name = wordOf(site, 0) ?? '';
    return datePart(site.context, name, momentArg(site, 1)) ?? refuseArg(site, 0, 'this part of a date');
  },
};

/** date_trunc('month', d), and BigQuery's date_trunc(d, month). */
const truncation: FunctionRule = {
  least: 2,
  most: 2,
  wordAt: (dialect) => (dialect === 'bigquery' ? 1 : 0),
  emit: (site) => {
    const [at, of] = site.context.dialect === 'bigquery' ? [1, 0] : [0, 1];
    const unit = unitOf(wordOf(site, at) ?? '');
    const made = unit === undefined ? undefined : truncated(site.context, unit, momentArg(site, of));
    return made ?? refuseArg(site, at, 'this unit');
  },
};

/** datediff('day', from, to): boundaries of the unit that lie between. */
const difference: FunctionRule = {
  least: 3,
  most: 3,
  dialects: ['duckdb', 'snowflake', 'redshift'],
  wordAt: firstArgument,
  emit: (site) => {
    const unit = unitOf(wordOf(site, 0) ?? '');
    const made =
      unit === undefined ? undefined : boundariesBetween(site.context, unit, momentArg(site, 1), momentArg(site, 2));
    return made ?? refuseArg(site, 0, 'this unit', 'count days, or another unit that is not weeks');
  },
};

const addition: FunctionRule = {
  least: 3,
  most: 3,
  dialects: ['snowflake', 'redshift'],
  wordAt: firstArgument,
  emit: (site) => {
    const unit = unitOf(wordOf(site, 0) ?? '');
    const amount = site.args[1];
    if (unit === undefined || amount === undefined) return refuseArg(site, 0, 'this unit');
    return addUnits(site.context, momentArg(site, 2), unit, amount, site.call.span);
  },
};

/** date_add(d, interval …). */
const intervalAddition: FunctionRule = {
  least: 2,
  most: 2,
  dialects: ['duckdb'],
  wordAt: () => 1,
  emit: (site) => {
    const [moment, interval] = site.call.args;
    const value = interval === undefined ? undefined : intervalValue(site.context.dialect, interval);
    if (value === undefined || moment === undefined) return refuseArg(site, 1, 'other than an interval');
    const spans = { moment: moment.span, scope: site.scope };
    return addInterval(site.context, momentArg(site, 0), value, false, spans);
  },
};

const safeFormats: Readonly<Record<string, readonly [RegExp, Readonly<Record<string, string>>]>> = {
  strftime: [/%[YmdHMSj]|[^%]/gy, {}],
  to_char: [/YYYY|MM|DD|HH24|MI|SS|[-/:. ]/gy, { YYYY: '%Y', MM: '%m', DD: '%d', HH24: '%H', MI: '%M', SS: '%S' }],
};

/** Formats of which every letter means the same in SQLite's strftime. */
function format(name: 'strftime' | 'to_char', dialects: readonly Dialect[]): FunctionRule {
  return {
    least: 2,
    most: 2,
    dialects,
    emit: (site) => {
      const [pattern, meanings] = safeFormats[name] ?? [/$^/y, {}];
      const given = stringLiteral(site, 1) ?? '';
      const parts = given.match(pattern) ?? [];
      if (given === '' || parts.join('') !== given) return refuseArg(site, 1, 'this format');
      const written = parts.map((one) => meanings[one] ?? one).join('');
      return atom(`strftime('${written.replaceAll("'", "''")}', ${momentArg(site, 0).sql})`, types.text);
    },
  };
}

function lastDay(site: CallSite): Emitted {
  return atom(`date(${momentArg(site, 0).sql}, 'start of month', '+1 month', '-1 day')`, types.date);
}

/** The name of the number that `code` of strftime gives, as in English. */
function nameOf(code: '%w' | '%m', names: readonly string[], first: number): FunctionRule {
  return {
    least: 1,
    most: 1,
    dialects: ['duckdb'],
    emit: (site) => {
      const branches = names.map((name, i) => `when ${String(i + first)} then '${name}'`).join(' ');
      const number = `cast(strftime('${code}', ${momentArg(site, 0).sql}) as integer)`;
      return atom(`case ${number} ${branches} end`, types.text);
    },
  };
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A timestamp from whole seconds since 1970. */
function fromEpoch(site: CallSite): Emitted {
  const [seconds] = site.args;
  if (seconds?.type.kind !== 'integer') return refuseArg(site, 0, 'other than whole seconds');
  return atom(`datetime(${seconds.sql}, 'unixepoch')`, types.timestamp);
}

const today = atom('current_date', types.date);
const now = atom('current_timestamp', types.timestamp);

/** Functions of dates and timestamps. The embedded engine's time is UTC. */
export const momentFunctions: FunctionTable = {
  date_trunc: truncation,
  date_part: named,
  datepart: { ...named, dialects: ['duckdb'] },
  year: part('year', everyPart),
  quarter: part('quarter', everyPart),
  month: part('month', everyPart),
  day: part('day', everyPart),
  hour: part('hour', everyPart),
  minute: part('minute', everyPart),
  second: part('second', ['duckdb']),
  dayofweek: part('dow', ['duckdb']),
  weekday: part('dow', ['duckdb']),
  isodow: part('isodow', ['duckdb']),
  dayofyear: part('doy', ['duckdb']),
  week: part('week', ['duckdb']),
  weekofyear: part('week', ['duckdb']),
  epoch: part('epoch', ['duckdb']),
  dayname: nameOf('%w', dayNames, 0),
  monthname: nameOf('%m', monthNames, 1),
  to_timestamp: { least: 1, most: 1, dialects: ['duckdb'], emit: fromEpoch },
  date_diff: { ...difference, dialects: ['duckdb'] },
  datediff: difference,
  dateadd: addition,
  date_add: intervalAddition,
  last_day: { least: 1, most: 1, dialects: ['duckdb', 'snowflake', 'redshift', 'databricks'], emit: lastDay },
  strftime: format('strftime', ['duckdb']),
  to_char: format('to_char', ['postgres', 'redshift']),
  date: {
    least: 1,
    most: 1,
    emit: (site) => {
      const span = site.call.args[0]?.span ?? site.call.span;
      return cast(site.context, site.args[0] ?? atom('null', types.unknown), { type: types.date }, span, false);
    },
  },
  current_date: { least: 0, most: 0, emit: () => today },
  today: { least: 0, most: 0, dialects: ['duckdb'], emit: () => today },
  current_timestamp: { least: 0, most: 0, emit: () => now },
  now: { least: 0, most: 0, dialects: ['duckdb', 'postgres'], emit: () => now },
};
