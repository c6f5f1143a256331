/** The time, as the host knows it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC, with fractions where the host has them. */
  now(): number;
}
