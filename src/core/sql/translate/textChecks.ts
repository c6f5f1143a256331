import { raise } from './emitted.ts';

/**
 * SQL that reads text strictly. SQLite's own casts never fail: 'abc' becomes 0 and '2024-02-30' the first of March,
 * where a warehouse stops. Each function takes an SQL atom that is text or NULL.
 */

/** How one part of a value that cannot be read is answered. */
export type OnFailure = 'raise' | 'null';

function otherwise(x: string, onFailure: OnFailure, kind: string): string {
  return onFailure === 'null' ? '' : ` when ${x} is not null then ${raise(`'not ${kind}: ' || ${x}`)}`;
}

/** True for text that is a plain number: a sign, digits, at most one point. */
function isPlainNumber(x: string): string {
  return (
    `${x} glob '*[0-9]*' and ${x} glob '[-+.0-9]*' and substr(${x}, 2) not glob '*[^.0-9]*' ` +
    `and ${x} not glob '*.*.*'`
  );
}

/** Text that may still be a number in a form that is not read here (1e5, 1_000, blanks) must not become NULL. */
function mayBeNumber(x: string): string {
  return `${x} glob '*[0-9]*' and ${x} not glob '*[^-+.0-9eE_ ]*' and ${x} not glob '*[0-9.][-+]*'`;
}

function numberCase(x: string, branches: string, onFailure: OnFailure, kind: string): string {
  const doubtful = onFailure === 'null' ? ` when ${mayBeNumber(x)} then ${raise(`'not ${kind}: ' || ${x}`)}` : '';
  return `case ${branches}${doubtful}${otherwise(x, onFailure, kind)} end`;
}

export function integerOfText(x: string, onFailure: OnFailure, roundsFraction: boolean): string {
  const whole = `when ${isPlainNumber(x)} and instr(${x}, '.') = 0 then cast(${x} as integer)`;
  const fraction = roundsFraction ? ` when ${isPlainNumber(x)} then cast(round(cast(${x} as real)) as integer)` : '';
  return numberCase(x, whole + fraction, onFailure, 'an integer');
}

export function realOfText(x: string, onFailure: OnFailure): string {
  return numberCase(x, `when ${isPlainNumber(x)} then cast(${x} as real)`, onFailure, 'a number');
}

export function decimalOfText(x: string, scale: number, onFailure: OnFailure): string {
  const value = roundHalfAway(`cast(${x} as real)`, scale);
  return numberCase(x, `when ${isPlainNumber(x)} then ${value}`, onFailure, 'a decimal');
}

/**
 * Rounds as decimals are rounded: 1.005 is 1.01, though its double lies below the half. The nudge is far smaller than
 * the last digit of any sum of money below a hundred trillion units, and larger than a double's error.
 */
export function roundHalfAway(x: string, scale: number): string {
  return `round(${x} * 1.000000000000004, ${String(scale)})`;
}

export function dateOfText(x: string, onFailure: OnFailure): string {
  const day = `substr(${x}, 1, 10)`;
  const rest = `(length(${x}) = 10 or substr(${x}, 11) glob '[ T][0-9][0-9]:[0-9][0-9]*')`;
  return `case when date(${day}) = ${day} and ${rest} then ${day}${otherwise(x, onFailure, 'a date')} end`;
}

/**
 * The fraction of a second is kept as six digits, or not at all when it is nought. A zone other than UTC is read only
 * for a type with a zone: without one, warehouses differ in what it means.
 */
export function timestampOfText(x: string, onFailure: OnFailure, withZone: boolean): string {
  const base = `replace(substr(${x}, 1, 19), 'T', ' ')`;
  const isBase = `datetime(${base}) = ${base}`;
  const zone = `substr(${x}, 20)`;
  const digits = `replace(replace(replace(${zone}, 'Z', ''), '+00:00', ''), '+00', '')`;
  const isFraction = `${digits} glob '.[0-9]*' and substr(${digits}, 2) not glob '*[^0-9]*'`;
  const fraction = `case when rtrim(${digits}, '.0') = '' then '' else substr(${digits} || '000000', 1, 7) end`;
  const branches = [
    `when ${isBase} and ${zone} in ('', 'Z', '+00', '+00:00') then ${base}`,
    `when length(${x}) = 10 and date(${x}) = ${x} then ${x} || ' 00:00:00'`,
    `when ${isBase} and ${isFraction} then ${base} || ${fraction}`,
    withZone ? `when ${isBase} and ${zone} glob '[-+][0-9][0-9]:[0-9][0-9]' then datetime(${base} || ${zone})` : '',
  ].filter((branch) => branch !== '');
  return `case ${branches.join(' ')}${otherwise(x, onFailure, 'a timestamp in UTC')} end`;
}

export function booleanOfText(x: string, onFailure: OnFailure): string {
  const yes = `when lower(${x}) in ('true', 't', 'yes', 'y', '1') then 1`;
  const no = `when lower(${x}) in ('false', 'f', 'no', 'n', '0') then 0`;
  return `case ${yes} ${no}${otherwise(x, onFailure, 'a boolean')} end`;
}
