/** Digits of a binary fraction that are the same whatever way it was printed and in whatever order it was added up. */
const stableDigits = 15;

/** More digits than any warehouse's number has; an exponent beyond it is no number that anybody means. */
const mostExponent = 400;

const plain = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/;
const notation = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

/** An exact number in its one form: `10.50`, `010.5` and `1.05e1` are `10.5`. Undefined for what is no number. */
export function canonicalNumber(text: string): string | undefined {
  // Most numbers are written in this form already.
  if (plain.test(text)) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = notation.exec(text.trim()) ?? [];
  const digits = whole + fraction;
  const exponent = Number(power);
  if (digits === '' || Math.abs(exponent) > mostExponent) return undefined;
  const point = whole.length + exponent;
  const before = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '';
  const after = point >= 0 ? digits.slice(point) : digits.padStart(digits.length - point, '0');
  const integer = before.replace(/^0+/, '');
  const rest = after.replace(/0+$/, '');
  if (integer === '' && rest === '') return '0';
  return `${sign === '-' ? '-' : ''}${integer === '' ? '0' : integer}${rest === '' ? '' : `.${rest}`}`;
}

/** A binary fraction in its one form, to the digits that are stable; `nan` and `inf` are such numbers too. */
export function canonicalReal(text: string): string | undefined {
  // So few digits are stable as they are.
  if (text.length <= stableDigits && plain.test(text)) return text;
  if (canonicalNumber(text) !== undefined) return canonicalNumber(Number(text).toPrecision(stableDigits));
  const [, sign, word] = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(text.trim()) ?? [];
  if (word === undefined) return undefined;
  return word.toLowerCase() === 'nan' ? 'nan' : `${sign === '-' ? '-' : ''}inf`;
}
