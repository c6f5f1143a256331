/** How much work and memory one render may take, counted over all macros it calls. */
export interface Limits {
  /** Iterations of all loops together. */
  readonly iterations: number;
  /** Expressions and statements evaluated. */
  readonly steps: number;
  /** Macros and host functions called inside one another. */
  readonly callDepth: number;
  /** Expressions and statements inside one another; keeps the JavaScript stack from overflowing. */
  readonly depth: number;
  /** Characters of the output, and of any text made on the way. */
  readonly textLength: number;
  /** Items of a list, tuple, dict or set made on the way. */
  readonly items: number;
}

/** Far above what real projects need, and reached within seconds by what never ends. */
export const defaultLimits: Limits = {
  iterations: 1_000_000,
  steps: 10_000_000,
  callDepth: 120,
  depth: 800,
  textLength: 20_000_000,
  items: 1_000_000,
};
