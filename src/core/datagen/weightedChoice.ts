/**
 * Turns a uniform number in [0, 1) into an index, each as often as its weight says, in constant time (Vose's alias
 * method). An index of weight 0 never comes.
 */
export function weightedChoice(weights: readonly number[]): (unit: number) => number {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const heaviest = weights.indexOf(Math.max(...weights));
  const share = Float64Array.from(weights, (weight) => (weight / total) * size);
  const keep = new Float64Array(size);
  const alias = new Int32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  share.forEach((one, index) => (one < 1 ? small : large).push(index));
  for (let light = small.pop(); light !== undefined; light = small.pop()) {
    const heavy = large.pop() ?? heaviest;
    const own = share[light] ?? 0;
    keep[light] = own;
    alias[light] = heavy;
    const rest = (share[heavy] ?? 0) - (1 - own);
    if (heavy === light) break;
    share[heavy] = rest;
    (rest < 1 ? small : large).push(heavy);
  }
  for (const index of large) keep[index] = 1;
  return (unit) => {
    const at = unit * size;
    const index = Math.floor(at);
    return at - index < (keep[index] ?? 0) ? index : (alias[index] ?? 0);
  };
}
