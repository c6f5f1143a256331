/** Called after each piece of long work; may wait, and rejects when the work is to stop. */
export type Pace = () => Promise<void>;

/**
 * How much work is a piece, in characters looked at or what takes about as long: a few milliseconds at most, so that other
 * work waits no longer for its turn than the host lets it.
 */
const workInPiece = 1 << 16;

/** Cuts work into pieces by what is taken down of it: `if (pieces.isFull(work)) await pieces.pause()`. */
export class Pieces {
  readonly #pace: Pace;
  #work = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Takes down what was just done; true when that ends a piece. */
  isFull(work: number): boolean {
    this.#work += work;
    return this.#work >= workInPiece;
  }

  async pause(): Promise<void> {
    this.#work = 0;
    await this.#pace();
  }
}
