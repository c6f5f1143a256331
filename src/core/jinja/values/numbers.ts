import { failure } from './jinjaFailure.ts';
import type { JinjaValue } from './value.ts';

/** Integers of more bits than this are refused: Python would go on, and so would the work. */
const maxIntegerBits = 4096n;
const integerLimit = 1n << maxIntegerBits;

/** The integer itself, or a failure when it is beyond what the interpreter keeps. */
export function boundedInteger(value: bigint): bigint {
  if (value < integerLimit && value > -integerLimit) return value;
  throw failure('jinja.tooLarge', { what: 'an integer', limit: Number(maxIntegerBits) });
}

/** A float as Python's repr writes it: always with a point or an exponent. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = Math.abs(exponent).toString().padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  if (Number.isInteger(value)) return `${BigInt(value).toString()}.0`;
  return exponent < 0 ? plainFraction(mantissa, exponent) : String(value);
}

function plainFraction(mantissa: string, exponent: number): string {
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace('-', '').replace('.', '');
  return `${negative ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${digits}`;
}

/** The number as a float, when the value is an int, a float or a bool. */
export function asFloat(value: JinjaValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return undefined;
}

/** The integer, when the value is an int or a bool. */
export function asInteger(value: JinjaValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return undefined;
}

/** Reads an int as Python's `int(text, base)` does; undefined when it is none. */
export function parseInteger(text: string, base = 10): bigint | undefined {
  const match = /^([+-]?)(.*)$/su.exec(text.trim());
  let digits = (match?.[2] ?? '').toLowerCase();
  const prefix = digits.slice(0, 2);
  const prefixed = { '0x': 16, '0o': 8, '0b': 2 }[prefix];
  let radix = base;
  if (prefixed !== undefined && (base === prefixed || base === 0)) {
    digits = digits.slice(2).replace(/^_/, '');
    radix = prefixed;
  } else if (base === 0) {
    if (/^0[0_]*[1-9]/.test(digits)) return undefined;
    radix = 10;
  }
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/.test(digits) || digits.length > 1300) return undefined;
  let value = 0n;
  for (const digit of digits.replaceAll('_', '')) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(worth);
  }
  return match?.[1] === '-' ? -value : value;
}

/** Reads a float as Python's `float(text)` does; undefined when it is none. */
export function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?(inf|infinity)$/i.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(trimmed)) return NaN;
  const digits = String.raw`\d+(?:_\d+)*`;
  const pattern = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`, 'i');
  return pattern.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}
