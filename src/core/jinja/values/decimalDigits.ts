/*
 * Decimal digits of floats as Python rounds them: from the float's exact value, halves to even. JavaScript's toFixed
 * and toExponential round halves up.
 */

/** `size * 10 ** places`, rounded; `size` is finite and not negative. */
function scaled(size: number, places: number): bigint {
  const { mantissa, exponent } = parts(size);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  return divideHalfEven(numerator, denominator);
}

/** A quotient of integers rounded to the nearest, halves to even; the divisor is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const rest = ((numerator % denominator) + denominator) % denominator;
  const low = (numerator - rest) / denominator;
  const twice = rest * 2n;
  if (twice === denominator) return low % 2n === 0n ? low : low + 1n;
  return twice > denominator ? low + 1n : low;
}

/** The integers of which the float is `mantissa * 2 ** exponent`. */
function parts(size: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new BigUint64Array(new Float64Array([size]).buffer)[0] ?? 0n;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** The digits with this many places after the point. */
export function fixedDigits(size: number, places: number): string {
  const digits = scaled(size, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The digits as `d.ddde+xx`, with this many places after the point. */
export function exponentDigits(size: number, places: number): string {
  let exponent = size === 0 ? 0 : Number(size.toExponential().split('e')[1]);
  let digits = scaled(size, places - exponent).toString();
  if (digits.length > places + 1) {
    exponent += 1;
    digits = scaled(size, places - exponent).toString();
  }
  digits = digits.padEnd(places + 1, '0');
  const point = places === 0 ? '' : `.${digits.slice(1)}`;
  const sign = exponent < 0 ? '-' : '+';
  return `${digits.charAt(0)}${point}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Python's `round(value, places)` of a finite float; negative places round to tens, hundreds and so on. */
export function roundFloat(value: number, places: number): number {
  if (places > 323 || value === 0) return value;
  const negative = value < 0;
  const size = places < -309 ? 0 : Number(`${scaled(Math.abs(value), places).toString()}e${String(-places)}`);
  return negative ? -size : size;
}
