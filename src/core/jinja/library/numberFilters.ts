import { divideHalfEven, roundFloat } from '../values/decimalDigits.ts';
import { orElse } from '../values/orElse.ts';
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
  const fallback = orElse(args.optional('default'), () => 0n);
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
  const fallback = new Arguments('float', ['default'], given).optional('default');
  if (isUndefined(input)) throw undefinedFailure(input);
  return asFloat(input) ?? (typeof input === 'string' ? parseFloatText(input) : undefined) ?? orElse(fallback, () => 0);
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
    if (integer !== undefined) return roundInteger(integer, precision);
    return Number.isFinite(value) ? roundFloat(value, precision) : value;
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
  return divideHalfEven(value, unit) * unit;
}

const defaultValue: FilterFunction = (input, given) => {
  const args = new Arguments('default', ['default_value', 'boolean'], given);
  const missing = isUndefined(input) || (args.flag('boolean') && !isTruthy(input));
  return missing ? orElse(args.optional('default_value'), () => '') : input;
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
