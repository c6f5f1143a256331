import type { UniqueId } from '../project/uniqueId.ts';

/** The place of a node in the console's count: `index` of `total`, from one. */
export interface Turn {
  readonly index: number;
  readonly total: number;
}

/** What `Turns` has to know of a run. */
export interface TurnsPlan {
  /** How many nodes have a turn, without the unit tests that run just before their models. */
  readonly nodes: number;
  /** How many unit tests are selected for that, also those whose model is not built. */
  readonly selectedUnitTests: number;
  /** The unit tests that run just before their models. */
  readonly unitTests: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  /** True for a model that has no turn, since it is inlined. */
  readonly isInlined: (id: UniqueId) => boolean;
}

/**
 * Counts nodes as dbt does on one thread: a node has its number as soon as nothing holds it back, but a model with
 * unit tests, and these, only when they start. The unit tests join the total each time that dbt turns to its queue
 * while no node has a number yet, which can be more than once (dbt-core: core/dbt/task/build.py, handle_job_queue;
 * core/dbt/task/runnable.py, get_runner).
 */
export class Turns {
  readonly #plan: TurnsPlan;
  readonly #given = new Map<UniqueId, Turn>();
  #total: number;
  #count = 0;

  constructor(plan: TurnsPlan) {
    this.#plan = plan;
    this.#total = plan.nodes + plan.selectedUnitTests;
  }

  /** Numbers what nothing holds back any more, in the order in which it will run. */
  release(ids: readonly UniqueId[]): void {
    for (const id of ids) {
      if (!this.#plan.unitTests.has(id) && !this.#plan.isInlined(id)) this.of(id);
      if (this.#count === 0) this.#total += this.#plan.selectedUnitTests;
    }
  }

  /** Says which node starts as soon as the one before has ended, which is before what that one held back is numbered. */
  follow(id: UniqueId | undefined): void {
    const [first] = id === undefined ? [] : (this.#plan.unitTests.get(id) ?? []);
    if (first !== undefined) this.of(first);
  }

  /** The turn of a node that starts; it keeps the number it has. */
  of(id: UniqueId): Turn {
    const given = this.#given.get(id);
    if (given !== undefined) return given;
    this.#count += 1;
    const turn = { index: this.#count, total: this.#total };
    this.#given.set(id, turn);
    return turn;
  }
}
