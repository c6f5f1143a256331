/** Takes down how many milliseconds a step took. */
export type Measure = (step: string, milliseconds: number) => void;

/** Runs a step and takes down its time. */
export function measured(measure: Measure, step: string, work: () => void): void {
  const startedAt = performance.now();
  work();
  measure(step, performance.now() - startedAt);
}
