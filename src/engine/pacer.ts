/** Lets the rest of a thread run between pieces of long work. */
export interface Pacer {
  /** Asks whether it is time to stop for a moment. */
  isDue(): boolean;
  pause(): Promise<void>;
}

/** For a thread of the engine's own: nobody waits for it. */
export const neverPause: Pacer = { isDue: () => false, pause: () => Promise.resolve() };

/** Pauses for one turn of the event loop after each `milliseconds` of work. */
export function timedPacer(milliseconds: number): Pacer {
  let last = performance.now();
  return {
    isDue: () => performance.now() - last >= milliseconds,
    pause: async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    },
  };
}
