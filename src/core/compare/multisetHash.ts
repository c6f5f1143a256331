/**
 * The hash of values whatever their order, each as often as it is there: sixteen hexadecimal digits. It is for people to
 * see; whether values are equal is counted.
 */
export class MultisetHash {
  #low = 0;
  #high = 0;

  add({ low, high }: TextHash, times: number): void {
    this.#low = (this.#low + Math.imul(low, times)) >>> 0;
    this.#high = (this.#high + Math.imul(high, times)) >>> 0;
  }

  toString(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(8, '0')).join('');
  }
}

/** Two halves of 32 bits. */
export interface TextHash {
  readonly low: number;
  readonly high: number;
}

/** The hash of one text. */
export function textHash(text: string): TextHash {
  let one = 0x811c9dc5;
  let other = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b) ^ (other >>> 13);
  }
  return { low: mixed(one), high: mixed(other + 1) };
}

/** Spreads what differs in few bits over all of them, as the last step of MurmurHash3 does. */
function mixed(half: number): number {
  let bits = half ^ (half >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
