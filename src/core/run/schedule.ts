import { depths, type Graph } from '../compile/graph.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/**
 * The order in which dbt runs nodes on one thread: a node waits until everything it reads has ended; nodes that
 * become free together are taken by depth, then id; what became free earlier goes first
 * (dbt-core: core/dbt/graph/queue.py, core/dbt/task/runnable.py).
 */
export class Schedule {
  readonly #graph: Graph;
  readonly #waiting: Map<UniqueId, number>;
  readonly #depths: ReadonlyMap<UniqueId, number>;
  readonly #free: UniqueId[] = [];

  /** `graph` has no cycle; edges to ids outside `ids` do not count. */
  constructor(graph: Graph, ids: ReadonlySet<UniqueId>) {
    this.#graph = graph;
    this.#depths = depths(graph, ids);
    this.#waiting = new Map(
      [...ids].map((id) => [id, (graph.parents.get(id) ?? []).filter((parent) => ids.has(parent)).length]),
    );
    this.#release([...ids].filter((id) => this.#waiting.get(id) === 0));
  }

  /** The nodes that nothing holds back, in the order in which they are given out. */
  get free(): readonly UniqueId[] {
    return this.#free;
  }

  /** The next node to run; undefined when all have been given out. */
  next(): UniqueId | undefined {
    return this.#free.shift();
  }

  /** Says that a node has ended, and answers with the nodes that waited only for it, which are free now. */
  done(id: UniqueId): readonly UniqueId[] {
    const freed = (this.#graph.children.get(id) ?? []).filter((child) => {
      const count = this.#waiting.get(child);
      if (count === undefined) return false;
      this.#waiting.set(child, count - 1);
      return count === 1;
    });
    return this.#release(freed);
  }

  #release(ids: readonly UniqueId[]): readonly UniqueId[] {
    const depth = (id: UniqueId): number => this.#depths.get(id) ?? 0;
    const released = [...ids].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    this.#free.push(...released);
    return released;
  }
}
