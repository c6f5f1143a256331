import { failure } from './jinjaFailure.ts';

const maxDepth = 100;
/** In characters; an item counts as several. */
const maxSize = 20_000_000;
const itemSize = 20;

/**
 * Bounds one walk through a nested value. A value may hold itself, or hold another twice at every level, so that it is
 * endless or as good as endless to print, compare or convert.
 */
export class Walk {
  readonly #what: string;
  #depth = 0;
  #size = 0;

  /** `what` is what is done, for the message: "printed". */
  constructor(what: string) {
    this.#what = what;
  }

  /** Goes one level down, to this many items. */
  inside<T>(items: number, work: () => T): T {
    this.see(items * itemSize);
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      throw failure('jinja.tooLarge', { what: `the depth of a value that is ${this.#what}`, limit: maxDepth });
    }
    const result = work();
    this.#depth -= 1;
    return result;
  }

  /** Counts characters. */
  see(characters: number): void {
    this.#size += characters;
    if (this.#size > maxSize) {
      throw failure('jinja.tooLarge', { what: `the size of a value that is ${this.#what}`, limit: maxSize });
    }
  }
}
