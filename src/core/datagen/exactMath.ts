/**
 * Functions that give the same bits everywhere: only + - * / and rounding, which IEEE 754 defines to the last bit.
 * `Math.exp`, `Math.log` and `**` may differ between engines in the last place, and with them generated files.
 */
const ln2 = 0.6931471805599453;
const inverseRootTwoPi = 0.3989422804014327;

/** e to the power of x. */
export function exactExp(x: number): number {
  const doublings = Math.round(x / ln2);
  const rest = x - doublings * ln2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 18; n++) {
    term *= rest / n;
    sum += term;
  }
  const factor = doublings < 0 ? 0.5 : 2;
  for (let n = Math.abs(doublings); n > 0; n--) sum *= factor;
  return sum;
}

/** The natural logarithm of a positive number. */
export function exactLog(x: number): number {
  let scaled = x;
  let doublings = 0;
  for (; scaled > 1.5; doublings++) scaled /= 2;
  for (; scaled < 0.75; doublings--) scaled *= 2;
  // ln(s) = 2 artanh((s - 1) / (s + 1)), a series that converges fast near 1.
  const t = (scaled - 1) / (scaled + 1);
  let power = t;
  let sum = 0;
  for (let n = 1; n < 40; n += 2) {
    sum += power / n;
    power *= t * t;
  }
  return 2 * sum + doublings * ln2;
}

/** A positive number to any power. */
export function exactPower(base: number, exponent: number): number {
  return exactExp(exponent * exactLog(base));
}

function normalDensity(z: number): number {
  return inverseRootTwoPi * exactExp((-z * z) / 2);
}

/** The share of a standard normal distribution below z; the error is below 1e-15 for |z| < 8. */
export function normalCdf(z: number): number {
  return shareBelow(z, normalDensity(z));
}

function shareBelow(z: number, density: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + sum * density;
}

/**
 * The z between `low` and `high` below which the share `p` of a standard normal distribution lies: Newton's steps,
 * halving where one would leave the bounds. `low` is also the first guess, so a table is best made upwards.
 */
export function normalQuantile(p: number, low: number, high: number): number {
  let [below, above] = [low, high];
  let z = low;
  for (let i = 0; i < 100; i++) {
    const density = normalDensity(z);
    const error = shareBelow(z, density) - p;
    if (error > 0) above = z;
    else below = z;
    const newton = z - error / density;
    const next = newton >= below && newton <= above ? newton : (below + above) / 2;
    if (Math.abs(next - z) < 1e-12) return next;
    z = next;
  }
  return z;
}
