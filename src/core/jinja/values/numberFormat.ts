import { exponentDigits, fixedDigits } from './decimalDigits.ts';

/** How a number is to be written: the common part of `%` formatting and of Python's format specification. */
export interface NumberFormat {
  readonly type: 'd' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' | 'x' | 'X' | 'o' | 'b' | 'n';
  readonly precision: number | undefined;
  /** `#`: keep the point, or write the prefix `0x`. */
  readonly alternate: boolean;
}

/** A finite float's digits without its sign, as Python writes them; exact for any precision up to 100. */
export function floatDigits(value: number, format: NumberFormat): string {
  const size = Math.abs(value);
  const upper = format.type === 'E' || format.type === 'G' || format.type === 'F';
  if (!Number.isFinite(size)) {
    const name = Number.isNaN(size) ? 'nan' : 'inf';
    return (upper ? name.toUpperCase() : name) + (format.type === '%' ? '%' : '');
  }
  const precision = Math.min(format.precision ?? 6, 100);
  switch (format.type) {
    case 'e':
    case 'E': {
      const text = exponentDigits(size, precision);
      return upper ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
    case 'n': {
      const text = general(size, precision === 0 ? 1 : precision, format.alternate);
      return upper ? text.toUpperCase() : text;
    }
    case '%':
      return `${fixedDigits(size * 100, precision)}%`;
    default:
      return fixedDigits(size, precision) + (format.alternate && precision === 0 ? '.' : '');
  }
}

function general(size: number, precision: number, alternate: boolean): string {
  const exponential = exponentDigits(size, precision - 1);
  const exponent = Number(exponential.split('e')[1] ?? '0');
  const trim = (text: string): string =>
    alternate || !text.includes('.') ? text : text.replace(/0+(?=$|e)/, '').replace(/\.(?=$|e)/, '');
  if (exponent < -4 || exponent >= precision) return trim(exponential);
  return trim(fixedDigits(size, Math.max(0, precision - 1 - exponent)));
}

/** An int's digits without its sign, with the prefix when the format asks for it. */
export function integerDigits(value: bigint, format: NumberFormat): string {
  const size = value < 0n ? -value : value;
  switch (format.type) {
    case 'x':
      return (format.alternate ? '0x' : '') + size.toString(16);
    case 'X':
      return (format.alternate ? '0X' : '') + size.toString(16).toUpperCase();
    case 'o':
      return (format.alternate ? '0o' : '') + size.toString(8);
    case 'b':
      return (format.alternate ? '0b' : '') + size.toString(2);
    default:
      return size.toString();
  }
}
