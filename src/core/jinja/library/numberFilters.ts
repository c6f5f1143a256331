import { isTruthy } from '../values/iterate.ts';
import { failure, typeError } from '../values/jinjaFailure.ts';
import { asFloat, asInteger, parseFloatText, parseInteger } from '../values/numbers.ts';
import { isUndefined, typeName } from '../values/value.ts';
import { Arguments } from './arguments.ts';
import { undefinedFailure } from '../values/undefinedFailure.ts';
import type { FilterFunction } from './libraryFunction.ts';

/** A float becomes the int towards zero; NaN and the infinities become none. */
const truncated = (value: number): bigint | undefined =>
  Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;

const toInt: FilterFunction = (input, given) => {
  const args = new Arguments('int', ['default', 'base'], given);
  const fallback = args.optional('default') ?? 0n;
  if (isUndefined(input)) throw undefinedFailure(input);
  const integer = asInteger(input);
  if (integer !== undefined) return integer;
  if (typeof input === 'number') {
    if (Number.isFinite(input)) return BigInt(Math.trunc(input));
    if (Number.isNaN(input)) return fallback;
    throw failure('jinja.arithmeticError', { detail: 'cannot convert float infinity to integer' });
  }
  if (typeof input !== 'string') return fallback;
  return parseInteger(input, args.integer('base', 10)) ?? truncated(parseFloatText(input) ?? NaN) ?? fallback;
};

const toFloat: FilterFunction = (input, given) => {
  const fallback = new Arguments('float', ['default'], given).optional('default') ?? 0;
  if (isUndefined(input)) throw undefinedFailure(input);
  return asFloat(input) ?? (typeof input === 'string' ? parseFloatText(input) : undefined) ?? fallback;
};

const absolute: FilterFunction = (input) => {
  if (isUndefined(input)) throw undefinedFailure(input);
  const integer = asInteger(input);
  if (integer !== undefined) return integer < 0n ? -integer : integer;
  if (typeof input === 'number') return Math.abs(input);
  throw typeError(`bad operand type for abs(): '${typeName(input)}'`);
};

const round: FilterFunction = (input, given) => {
  const args = new Arguments('round', ['precision', 'method'], given);
  const precision = args.integer('precision', 0);
  const method = args.text('method', 'common');
  if (isUndefined(input)) throw undefinedFailure(input);
  const value = asFloat(input);
  if (value === undefined) throw typeError(`the filter 'round' works on numbers, not on ${typeName(input)}`);
  if (method === 'common') {
    const integer = asInteger(input);
    return integer === undefined ? roundHalfEven(value, precision) : roundInteger(integer, precision);
  }
  if (method !== 'ceil' && method !== 'floor') throw typeError('method must be common, ceil or floor');
  const scale = 10 ** precision;
  return (method === 'ceil' ? Math.ceil(value * scale) : Math.floor(value * scale)) / scale;
};

/** Python's `round` of an int: a negative precision rounds to tens, hundreds …, halves to even. */
function roundInteger(value: bigint, precision: number): bigint {
  if (precision >= 0) return value;
  if (precision < -1300) return 0n;
  const unit = 10n ** BigInt(-precision);
  const rest = ((value % unit) + unit) % unit;
  const low = value - rest;
  if (rest * 2n < unit) return low;
  if (rest * 2n > unit) return low + unit;
  return (low / unit) % 2n === 0n ? low : low + unit;
}

/** Python's `round` of a float: correct to the float's exact decimal value, halves to even. */
export function roundHalfEven(value: number, precision: number): number {
  if (!Number.isFinite(value) || precision > 22) return value;
  if (precision < 0) return roundToUnit(value, 10 ** -precision);
  const size = Math.abs(value);
  if (size >= 1e21) return value;
  const rounded = Number(size.toFixed(precision));
  // toFixed is exact but rounds a half up; a half is exact only when the doubled value ends there.
  const isHalf = isExactHalf(size, precision);
  const even =
    isHalf && isOddDigit(size.toFixed(precision)) ? Number((size - halfUnit(precision)).toFixed(precision)) : rounded;
  return value < 0 || Object.is(value, -0) ? -even : even;
}

const halfUnit = (precision: number): number => 0.5 * 10 ** -precision;

function isExactHalf(size: number, precision: number): boolean {
  const digits = size.toFixed(Math.min(100, precision + 60));
  return /^50*$/.test(digits.slice(digits.indexOf('.') + 1 + precision));
}

function isOddDigit(digits: string): boolean {
  return Number(digits.at(-1)) % 2 === 1;
}

function roundToUnit(value: number, unit: number): number {
  const quotient = value / unit;
  const low = Math.floor(quotient);
  const rest = quotient - low;
  const whole = rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
  return whole * unit;
}

const defaultValue: FilterFunction = (input, given) => {
  const args = new Arguments('default', ['default_value', 'boolean'], given);
  const missing = isUndefined(input) || (args.flag('boolean') && !isTruthy(input));
  return missing ? (args.optional('default_value') ?? '') : input;
};

/** Filters on numbers, and `default`. */
export const numberFilters: readonly (readonly [string, FilterFunction])[] = [
  ['int', toInt],
  ['float', toFloat],
  ['abs', absolute],
  ['round', round],
  ['default', defaultValue],
  ['d', defaultValue],
];
