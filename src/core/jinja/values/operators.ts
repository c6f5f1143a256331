import { undefinedFailure } from './undefinedFailure.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { failure, typeError, unsupported, type JinjaFailure } from './jinjaFailure.ts';
import { asFloat, asInteger, boundedInteger } from './numbers.ts';
import { percentFormat } from './percentFormat.ts';
import { JinjaSet } from './set.ts';
import { isCompound, isUndefined, list, tuple, typeName, type BinaryOperator, type JinjaValue } from './value.ts';

/** Python's arithmetic operators, with strings, lists and host objects where Python allows them. */
export function binary(operator: BinaryOperator, left: JinjaValue, right: JinjaValue, runtime: Runtime): JinjaValue {
  if (isUndefined(left)) throw undefinedFailure(left);
  if (operator === '%' && typeof left === 'string') {
    return percentFormat(left, right, (length) => runtime.checkText(length));
  }
  if (isUndefined(right)) throw undefinedFailure(right);
  const result =
    numeric(operator, left, right) ?? sequence(operator, left, right, runtime) ?? hosted(operator, left, right);
  if (result !== undefined) return result;
  if (operator === '+' && typeof left === 'string') {
    throw typeError(`Text and ${typeName(right)} cannot be added with "+": join them with "~" or convert with |string`);
  }
  throw typeError(`unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`);
}

/** Python's unary `+` and `-`. */
export function signed(operator: '+' | '-', value: JinjaValue): JinjaValue {
  if (isUndefined(value)) throw undefinedFailure(value);
  const integer = asInteger(value);
  if (integer !== undefined) return operator === '-' ? -integer : integer;
  if (typeof value === 'number') return operator === '-' ? -value : value;
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}

function numeric(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue | undefined {
  const a = asInteger(left);
  const b = asInteger(right);
  if (a !== undefined && b !== undefined) return integers(operator, a, b);
  const x = asFloat(left);
  const y = asFloat(right);
  return x === undefined || y === undefined ? undefined : floats(operator, finite(left, x), finite(right, y));
}

/** An int too large for a float fails, as in Python, rather than become infinite. */
function finite(value: JinjaValue, float: number): number {
  if (typeof value === 'bigint' && !Number.isFinite(float)) throw arithmetic('int too large to convert to float');
  return float;
}

const arithmetic = (detail: string): JinjaFailure => failure('jinja.arithmeticError', { detail });

function integers(operator: BinaryOperator, a: bigint, b: bigint): JinjaValue {
  switch (operator) {
    case '+':
      return boundedInteger(a + b);
    case '-':
      return boundedInteger(a - b);
    case '*':
      return boundedInteger(a * b);
    case '/':
      return divide(a, b);
    case '//':
      return floorDivide(a, b);
    case '%':
      return a - floorDivide(a, b) * b;
    case '**':
      return power(a, b);
  }
}

const bitLength = (value: bigint): number => (value < 0n ? -value : value).toString(2).length;

/** The nearest float to a quotient, also where an operand is no exact float. */
function divide(a: bigint, b: bigint): number {
  if (b === 0n) throw arithmetic('division by zero');
  if (Number.isSafeInteger(Number(a)) && Number.isSafeInteger(Number(b))) return Number(a) / Number(b);
  const shift = Math.max(0, 66 - bitLength(a) + bitLength(b));
  const scaled = a << BigInt(shift);
  const quotient = scaled / b;
  const sticky = scaled % b === 0n ? 0n : 1n;
  const rounded = Number(quotient < 0n ? -(-quotient | sticky) : quotient | sticky);
  return finite(a, rounded / 2 ** shift);
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw arithmetic('integer division or modulo by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function power(a: bigint, b: bigint): JinjaValue {
  if (b < 0n) return floats('**', Number(a), Number(b));
  if (a > 1n || a < -1n) {
    if (b > 100_000n || (bitLength(a) - 1) * Number(b) > 4096)
      throw failure('jinja.tooLarge', { what: 'an integer', limit: 4096 });
    return boundedInteger(a ** b);
  }
  return a === -1n ? (b % 2n === 0n ? 1n : -1n) : b === 0n ? 1n : a;
}

function floats(operator: BinaryOperator, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      if (y === 0) throw arithmetic('float division by zero');
      return x / y;
    case '//':
      if (y === 0) throw arithmetic('float floor division by zero');
      return Math.floor((x - floatModulo(x, y)) / y + 0.5);
    case '%':
      if (y === 0) throw arithmetic('float modulo by zero');
      return floatModulo(x, y);
    case '**':
      return floatPower(x, y);
  }
}

/** The remainder has the sign of the divisor. */
function floatModulo(x: number, y: number): number {
  const remainder = x % y;
  if (remainder !== 0) return remainder < 0 !== y < 0 ? remainder + y : remainder;
  return y < 0 ? -0 : 0;
}

function floatPower(x: number, y: number): number {
  if (x === 0 && y < 0) throw arithmetic('0.0 cannot be raised to a negative power');
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    throw unsupported('A complex number (a negative number raised to a fraction)');
  }
  if (x === 1) return 1;
  const result = x ** y;
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) throw arithmetic('the result is too large');
  return result;
}

function sequence(
  operator: BinaryOperator,
  left: JinjaValue,
  right: JinjaValue,
  runtime: Runtime,
): JinjaValue | undefined {
  if (operator === '+') return joined(left, right, runtime);
  if (operator === '*') return repeated(left, right, runtime) ?? repeated(right, left, runtime);
  if (operator !== '-' || !isCompound(left) || !isCompound(right) || left.kind !== 'set' || right.kind !== 'set') {
    return undefined;
  }
  return new JinjaSet(left.values().filter((item) => !right.has(item)));
}

function joined(left: JinjaValue, right: JinjaValue, runtime: Runtime): JinjaValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    runtime.checkText(left.length + right.length);
    return left + right;
  }
  if (!isCompound(left) || !isCompound(right)) return undefined;
  if (left.kind === 'list' && right.kind === 'list') {
    runtime.checkItems(left.items.length + right.items.length);
    return list([...left.items, ...right.items]);
  }
  if (left.kind !== 'tuple' || right.kind !== 'tuple') return undefined;
  runtime.checkItems(left.items.length + right.items.length);
  return tuple([...left.items, ...right.items]);
}

function repeated(value: JinjaValue, times: JinjaValue, runtime: Runtime): JinjaValue | undefined {
  const integer = asInteger(times);
  if (integer === undefined) return undefined;
  const count = Math.max(0, Number(integer));
  if (typeof value === 'string') {
    if (value === '') return value;
    runtime.checkText(value.length * count);
    return value.repeat(count);
  }
  if (!isCompound(value) || (value.kind !== 'list' && value.kind !== 'tuple')) return undefined;
  if (value.items.length === 0) return value.kind === 'list' ? list() : value;
  runtime.checkItems(value.items.length * count);
  const items = Array.from({ length: count }, () => value.items).flat();
  return value.kind === 'list' ? list(items) : tuple(items);
}

function hosted(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue | undefined {
  const ahead = isCompound(left) && left.kind === 'object' ? left.operate?.(operator, right, false) : undefined;
  if (ahead !== undefined) return ahead;
  return isCompound(right) && right.kind === 'object' ? right.operate?.(operator, left, true) : undefined;
}
