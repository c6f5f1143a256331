/** The value, or what takes its place when it is missing. Not `??`: None is `null` here, and None is a value. */
export const orElse = <T, F>(value: T | undefined, fallback: () => F): T | F =>
  value === undefined ? fallback() : value;
