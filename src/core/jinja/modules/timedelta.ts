import { Arguments } from '../library/arguments.ts';
import { failure, typeError } from '../values/jinjaFailure.ts';
import { asInteger } from '../values/numbers.ts';
import {
  hostFunction,
  isCompound,
  typeName,
  type BinaryOperator,
  type JinjaObject,
  type JinjaValue,
} from '../values/value.ts';
import { classObject, memberOf, type Members } from './classObject.ts';
import { floorDivide, microsPerDay, microsPerSecond, padded, timeParts } from './moment.ts';

/** A Python timedelta. */
export interface TimedeltaObject extends JinjaObject {
  /** Its length in microseconds. */
  readonly span: bigint;
}

export const isTimedelta = (value: JinjaValue): value is TimedeltaObject =>
  isCompound(value) && value.kind === 'object' && 'span' in value;

const day = BigInt(microsPerDay);
const second = BigInt(microsPerSecond);
const maxDays = 999_999_999n;

/** The parts that Python keeps: only the days are ever negative. */
function parts(span: bigint): { readonly days: bigint; readonly seconds: bigint; readonly microseconds: bigint } {
  const days = floorDivide(span, day);
  const rest = span - days * day;
  return { days, seconds: rest / second, microseconds: rest % second };
}

/** A timedelta of this many microseconds; fails beyond what Python can hold. */
export function timedelta(span: bigint): TimedeltaObject {
  const { days } = parts(span);
  if (days > maxDays || days < -maxDays)
    throw failure('jinja.arithmeticError', {
      detail: `days=${String(days)}; must have magnitude <= ${String(maxDays)}`,
    });
  return {
    kind: 'object',
    typeName: 'datetime.timedelta',
    span,
    display: () => spanText(span),
    repr: () => spanRepr(span),
    getAttr: (name) => memberOf(members, span, name),
    truthy: () => span !== 0n,
    equals: (other) => isTimedelta(other) && other.span === span,
    compare: (other) => (isTimedelta(other) ? Number(span - other.span) : undefined),
    hashKey: () => `timedelta ${String(span)}`,
    operate: (operator, other, reflected) => operate(span, operator, other, reflected),
  };
}

const members: Members<bigint> = {
  days: (span) => parts(span).days,
  seconds: (span) => parts(span).seconds,
  microseconds: (span) => parts(span).microseconds,
  total_seconds: (span) => hostFunction('total_seconds', () => Number(span) / microsPerSecond),
};

function operate(
  span: bigint,
  operator: BinaryOperator,
  other: JinjaValue,
  reflected: boolean,
): JinjaValue | undefined {
  if (isTimedelta(other)) return reflected ? undefined : withTimedelta(span, operator, other.span);
  const integer = asInteger(other);
  if (operator === '*') {
    if (integer !== undefined) return timedelta(span * integer);
    return typeof other === 'number' ? timedelta(roundedHalfEven(Number(span) * other)) : undefined;
  }
  if (reflected) return undefined;
  if (operator === '//' && integer !== undefined) return timedelta(floorDivide(span, nonZero(integer)));
  if (operator !== '/') return undefined;
  if (integer !== undefined) return timedelta(dividedHalfEven(span, nonZero(integer)));
  if (typeof other !== 'number') return undefined;
  if (other === 0) throw failure('jinja.arithmeticError', { detail: 'division by zero' });
  return timedelta(roundedHalfEven(Number(span) / other));
}

function withTimedelta(span: bigint, operator: BinaryOperator, other: bigint): JinjaValue | undefined {
  switch (operator) {
    case '+':
      return timedelta(span + other);
    case '-':
      return timedelta(span - other);
    case '/':
      return Number(span) / Number(nonZero(other));
    case '//':
      return floorDivide(span, nonZero(other));
    case '%':
      return timedelta(span - floorDivide(span, nonZero(other)) * other);
    default:
      return undefined;
  }
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw failure('jinja.arithmeticError', { detail: 'integer division or modulo by zero' });
  return value;
}

function roundedHalfEven(value: number): bigint {
  if (!Number.isFinite(value)) throw failure('jinja.arithmeticError', { detail: 'cannot convert float to integer' });
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return BigInt(up ? floor + 1 : floor);
}

function dividedHalfEven(a: bigint, b: bigint): bigint {
  const floor = floorDivide(a, b);
  const twice = 2n * (a - floor * b);
  const size = b < 0n ? -b : b;
  const rest = twice < 0n ? -twice : twice;
  return rest > size || (rest === size && floor % 2n !== 0n) ? floor + 1n : floor;
}

/** `1 day, 2:00:00.000005` */
function spanText(span: bigint): string {
  const { days, seconds, microseconds } = parts(span);
  const time = timeParts(Number(seconds) * microsPerSecond);
  const clock = `${String(time.hour)}:${padded(time.minute, 2)}:${padded(time.second, 2)}`;
  const fraction = microseconds === 0n ? '' : `.${padded(Number(microseconds), 6)}`;
  const many = days === 1n || days === -1n ? 'day' : 'days';
  return `${days === 0n ? '' : `${String(days)} ${many}, `}${clock}${fraction}`;
}

function spanRepr(span: bigint): string {
  const named = Object.entries(parts(span)).filter(([, value]) => value !== 0n);
  const text = named.length === 0 ? '0' : named.map(([name, value]) => `${name}=${String(value)}`).join(', ');
  return `datetime.timedelta(${text})`;
}

/** The parameters of the class in their order, with what one of each is in microseconds. */
const units: Readonly<Record<string, bigint>> = {
  days: day,
  seconds: second,
  microseconds: 1n,
  milliseconds: 1000n,
  minutes: 60n * second,
  hours: 3600n * second,
  weeks: 7n * day,
};

/** `datetime.timedelta` */
export const timedeltaClass = classObject(
  'datetime.timedelta',
  (args, kwargs) => {
    const given = new Arguments('timedelta', Object.keys(units), { args, kwargs });
    let whole = 0n;
    let fraction = 0;
    for (const [name, unit] of Object.entries(units)) {
      const value = given.optional(name) ?? 0n;
      const integer = asInteger(value);
      if (integer !== undefined) whole += integer * unit;
      else if (typeof value === 'number' && Number.isFinite(value)) {
        const full = Math.trunc(value);
        whole += BigInt(full) * unit;
        fraction += (value - full) * Number(unit);
      } else throw typeError(`unsupported type for timedelta ${name} component: ${typeName(value)}`);
    }
    return timedelta(whole + roundedHalfEven(fraction));
  },
  {
    min: timedelta(-maxDays * day),
    max: timedelta((maxDays + 1n) * day - 1n),
    resolution: timedelta(1n),
  },
);
