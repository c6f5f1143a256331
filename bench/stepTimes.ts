import type { RunEvent } from '../src/core/run/runEvent.ts';
import type { Measure } from './measure.ts';

/** Takes the times between the events of a run: all sources together, each model, all tests together. */
export class StepTimes {
  readonly #times = new Map<string, number>();
  #since: number | undefined;

  heard(event: RunEvent): void {
    switch (event.kind) {
      case 'sourceLoading':
        // Heard again with each piece of a file.
        this.#since ??= performance.now();
        break;
      case 'nodeStarted':
        this.#since = performance.now();
        break;
      case 'sourceLoaded':
        this.#ended('load');
        break;
      case 'nodeFinished':
        this.#ended(event.result.node.resourceType === 'test' ? 'tests' : event.result.node.name);
        break;
      case 'runStarted':
      case 'batchStarted':
      case 'batchFinished':
      case 'hookStarted':
      case 'hookFinished':
      case 'runFinished':
        break;
    }
  }

  /** Takes down what was heard, in the order in which the steps ended first. */
  takeDown(measure: Measure): void {
    for (const [step, milliseconds] of this.#times) measure(step, milliseconds);
  }

  #ended(step: string): void {
    this.#times.set(step, (this.#times.get(step) ?? 0) + performance.now() - (this.#since ?? Number.NaN));
    this.#since = undefined;
  }
}
