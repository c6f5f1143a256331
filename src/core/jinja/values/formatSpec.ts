import { undefinedFailure } from './undefinedFailure.ts';
import { displayText } from './display.ts';
import { typeError, unsupported, valueError } from './jinjaFailure.ts';
import { floatDigits, integerDigits, type NumberFormat } from './numberFormat.ts';
import { asInteger, floatRepr } from './numbers.ts';
import { characters } from './text.ts';
import { isCompound, typeName, type JinjaValue } from './value.ts';

const specification = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly group: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Formats one value by Python's format specification (`{:>10.2f}`). */
export function formatValue(value: JinjaValue, text: string, checkLength: (length: number) => void): string {
  if (text === '') return displayText(value);
  if (isCompound(value) && value.kind === 'object' && value.format !== undefined) return value.format(text);
  const spec = readSpec(text);
  checkLength(spec.width + (spec.precision ?? 0));
  if (typeof value === 'string') return formatText(value, spec);
  const integer = asInteger(value);
  if (integer !== undefined && !'eEfFgG%'.includes(spec.type || ' ')) return formatInteger(integer, spec);
  if (integer !== undefined || typeof value === 'number') return formatFloat(Number(value), spec);
  if (isCompound(value) && value.kind === 'undefined') throw undefinedFailure(value);
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function readSpec(text: string): Spec {
  const match = specification.exec(text);
  if (match === null) throw valueError(`invalid format specifier '${text}'`);
  const [, fill, align, sign, alternate, zero, width, group, precision, type] = match;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? undefined : '='),
    sign: sign ?? '-',
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    group: group ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  };
}

function formatText(value: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's')
    throw valueError(`unknown format code '${spec.type}' for object of type 'str'`);
  if (spec.align === '=') throw valueError("'=' alignment not allowed in string format specifier");
  const cut = spec.precision === undefined ? value : characters(value).slice(0, spec.precision).join('');
  return aligned('', cut, { ...spec, align: spec.align ?? '<' });
}

function formatInteger(value: bigint, spec: Spec): string {
  if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
  if (!/^[dxXobnc]?$/.test(spec.type)) throw valueError(`unknown format code '${spec.type}' for object of type 'int'`);
  if (spec.type === 'c') return aligned('', String.fromCodePoint(Number(value)), { ...spec, align: spec.align ?? '<' });
  const type = (spec.type === '' ? 'd' : spec.type) as NumberFormat['type'];
  const digits = integerDigits(value, { type, precision: undefined, alternate: spec.alternate });
  const prefix = /^0[xXob]/.test(digits) ? digits.slice(0, 2) : '';
  const grouped = group(digits.slice(prefix.length), spec.group, type === 'd' || type === 'n' ? 3 : 4);
  return aligned(signOf(value < 0n, spec.sign) + prefix, grouped, spec);
}

function formatFloat(value: number, spec: Spec): string {
  if (!/^[eEfFgGn%]?$/.test(spec.type))
    throw valueError(`unknown format code '${spec.type}' for object of type 'float'`);
  if ((spec.precision ?? 0) > 100) throw unsupported('A precision above 100');
  const digits = floatText(value, spec);
  const [whole = '', ...rest] = digits.split(/(?=[.e%])/);
  return aligned(
    signOf(value < 0 || Object.is(value, -0), spec.sign),
    group(whole, spec.group, 3) + rest.join(''),
    spec,
  );
}

/** Without a type a float keeps its shortest form; with a precision it is `g` that keeps one digit after the point. */
function floatText(value: number, spec: Spec): string {
  if (spec.type === '' && spec.precision === undefined) return floatRepr(Math.abs(value));
  const type = (spec.type === '' ? 'g' : spec.type) as NumberFormat['type'];
  const text = floatDigits(value, { type, precision: spec.precision, alternate: spec.alternate });
  return spec.type === '' && Number.isFinite(value) && !/[.e]/.test(text) ? `${text}.0` : text;
}

function signOf(negative: boolean, sign: string): string {
  return negative ? '-' : sign === '-' ? '' : sign;
}

const group = (digits: string, separator: string, size: number): string =>
  separator === '' ? digits : digits.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${String(size)}})+$)`, 'g'), separator);

function aligned(sign: string, body: string, spec: Spec): string {
  const missing = spec.width - sign.length - characters(body).length;
  if (missing <= 0) return sign + body;
  const fill = (count: number): string => spec.fill.repeat(count);
  switch (spec.align ?? '>') {
    case '<':
      return sign + body + fill(missing);
    case '^':
      return fill(Math.floor(missing / 2)) + sign + body + fill(Math.ceil(missing / 2));
    case '=':
      if (spec.group !== '' && spec.fill === '0')
        throw unsupported('A number with both leading zeros and group separators');
      return sign + fill(missing) + body;
    default:
      return fill(missing) + sign + body;
  }
}
