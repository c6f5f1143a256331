import { displayText, reprText } from './display.ts';
import { lookupError, typeError, unsupported, valueError } from './jinjaFailure.ts';
import { floatDigits, integerDigits, type NumberFormat } from './numberFormat.ts';
import { asFloat, asInteger } from './numbers.ts';
import { isCompound, typeName, type JinjaValue } from './value.ts';

const placeholder = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(\.(?:\*|\d+)?)?[hlL]?([\s\S]|$)/g;

interface Placeholder {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

/** Python's `text % values` (printf-style formatting). `checkLength` refuses texts that grow too long. */
export function percentFormat(text: string, values: JinjaValue, checkLength: (length: number) => void): string {
  const source = new Values(values);
  let length = 0;
  const formatted = text.replace(
    placeholder,
    (whole: string, key: string | undefined, flags: string, width?: string, dot?: string, type?: string) => {
      if (type === '%' && whole === '%%') return '%';
      if (type === undefined || type === '')
        throw valueError('incomplete format: "%" at the end stands for nothing, write "%%"');
      const widthValue = width === '*' ? source.nextNumber() : Number(width ?? 0);
      const precisionValue = dot === '.*' ? source.nextNumber() : Number(dot?.slice(1) ?? 0);
      length += Math.abs(widthValue) + precisionValue;
      checkLength(length);
      const spec: Placeholder = {
        flags: widthValue < 0 ? `${flags}-` : flags,
        width: Math.abs(widthValue),
        precision: dot === undefined ? undefined : precisionValue,
      };
      const written = one(type, key === undefined ? source.next() : source.named(key), spec);
      length += written.length;
      checkLength(length);
      return written;
    },
  );
  source.finish();
  return formatted;
}

/** The values to be formatted: a tuple's one after another, a dict's by name, anything else once. */
class Values {
  readonly #values: JinjaValue;
  #at = 0;
  #named = false;

  constructor(values: JinjaValue) {
    this.#values = values;
  }

  next(): JinjaValue {
    const items = this.#items();
    const value = items[this.#at];
    if (value === undefined) throw typeError('not enough arguments for format string');
    this.#at += 1;
    return value;
  }

  nextNumber(): number {
    const value = asInteger(this.next());
    if (value === undefined) throw typeError('* wants int');
    return Number(value);
  }

  named(key: string): JinjaValue {
    this.#named = true;
    const values = this.#values;
    if (!isCompound(values) || values.kind !== 'dict') throw typeError('format requires a mapping');
    const value = values.get(key);
    if (value === undefined) throw lookupError(`the dictionary has no key '${key}'`);
    return value;
  }

  finish(): void {
    if (this.#named) return;
    const values = this.#values;
    const mayBeUnused = isCompound(values) && (values.kind === 'dict' || values.kind === 'list');
    if (this.#at < this.#items().length && !mayBeUnused) {
      throw typeError('not all arguments converted during string formatting');
    }
  }

  #items(): readonly JinjaValue[] {
    const values = this.#values;
    return isCompound(values) && values.kind === 'tuple' ? values.items : [values];
  }
}

function one(type: string, value: JinjaValue, spec: Placeholder): string {
  switch (type) {
    case 's':
      return padded('', cut(displayText(value), spec.precision), spec, false);
    case 'r':
    case 'a':
      return padded('', cut(reprText(value), spec.precision), spec, false);
    case 'c':
      return padded('', character(value), spec, false);
    case 'd':
    case 'i':
    case 'u':
      return number(integerOf(value, type, true), { type: 'd', precision: spec.precision, alternate: false }, spec);
    case 'x':
    case 'X':
    case 'o':
      return number(
        integerOf(value, type, false),
        { type, precision: spec.precision, alternate: spec.flags.includes('#') },
        spec,
      );
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return float(value, { type, precision: spec.precision, alternate: spec.flags.includes('#') }, spec);
    default:
      throw valueError(`unsupported format character '${type}'`);
  }
}

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined ? text : Array.from(text).slice(0, precision).join('');

function character(value: JinjaValue): string {
  const code = asInteger(value);
  if (code !== undefined && code >= 0n && code <= 0x10ffffn) return String.fromCodePoint(Number(code));
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  throw typeError('%c requires int or char');
}

function integerOf(value: JinjaValue, type: string, floatsToo: boolean): bigint {
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  if (floatsToo && typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value));
  throw typeError(`%${type} format: a number is required, not ${typeName(value)}`);
}

function number(value: bigint, format: NumberFormat, spec: Placeholder): string {
  const prefix = format.alternate ? 2 : 0;
  const digits = integerDigits(value, format);
  const filled = digits.slice(0, prefix) + digits.slice(prefix).padStart(format.precision ?? 0, '0');
  return padded(sign(value < 0n, spec.flags), filled, spec, true);
}

function float(value: JinjaValue, format: NumberFormat, spec: Placeholder): string {
  const float = asFloat(value);
  if (float === undefined) throw typeError(`must be real number, not ${typeName(value)}`);
  if ((spec.precision ?? 0) > 100) throw unsupported('A precision above 100');
  return padded(sign(float < 0 || Object.is(float, -0), spec.flags), floatDigits(float, format), spec, true);
}

function sign(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function padded(signText: string, body: string, spec: Placeholder, numeric: boolean): string {
  const missing = spec.width - signText.length - Array.from(body).length;
  if (missing <= 0) return signText + body;
  if (spec.flags.includes('-')) return signText + body + ' '.repeat(missing);
  if (numeric && spec.flags.includes('0')) {
    const prefix = /^0[xXo]/.test(body) ? 2 : 0;
    return signText + body.slice(0, prefix) + '0'.repeat(missing) + body.slice(prefix);
  }
  return ' '.repeat(missing) + signText + body;
}
