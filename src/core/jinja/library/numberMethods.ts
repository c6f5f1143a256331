import { asFloat, asInteger } from '../values/numbers.ts';
import { hostFunction, type JinjaValue } from '../values/value.ts';

/** Attributes of int, bool and float that templates may read. */
export function numberAttribute(value: JinjaValue, name: string): JinjaValue | undefined {
  const integer = asInteger(value);
  if (name === 'real') return integer ?? value;
  if (name === 'imag') return integer === undefined ? 0 : 0n;
  if (integer !== undefined) {
    if (name === 'numerator') return integer;
    if (name === 'denominator') return 1n;
    const size = integer < 0n ? -integer : integer;
    if (name === 'bit_length') return hostFunction(name, () => BigInt(size === 0n ? 0 : size.toString(2).length));
    return undefined;
  }
  return name === 'is_integer' ? hostFunction(name, () => Number.isInteger(asFloat(value))) : undefined;
}
