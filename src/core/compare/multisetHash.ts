/**
 * The hash of values whatever their order, each as often as it is there: sixteen hexadecimal digits. It is for people to
 * see; whether values are equal is counted.
 */
export function multisetHash(values: Iterable<string | null>): string {
  let [low, high] = [0, 0];
  for (const value of values) {
    // No canonical value is empty: a null is none of them.
    const text = value ?? '';
    let one = 0x811c9dc5;
    let other = text.length;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      one = Math.imul(one ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x85ebca6b) ^ (other >>> 13);
    }
    low = (low + mixed(one)) >>> 0;
    high = (high + mixed(other + 1)) >>> 0;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** Spreads what differs in few bits over all of them, as the last step of MurmurHash3 does. */
function mixed(half: number): number {
  let bits = half ^ (half >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
