import type {
  ResultsEvents,
  ResultsMethods,
  ResultsSnapshot,
  ResultsSubject,
  ResultsValue,
} from '../../protocol/resultsProtocol.ts';
import { emitter, serve, type Handlers, type Port } from '../../protocol/rpc.ts';

/** The rows that a view shows; asked for by windows, never whole. */
export interface ResultsSource {
  /** Rows `from` up to `from + count` (zero-based) in column order; fewer at the end. */
  page(from: number, count: number): Promise<readonly (readonly ResultsValue[])[]>;
}

/** What the view's wishes lead to, except pages. A handler that throws is reported in the view. */
export type ResultsHandlers = Omit<Handlers<ResultsMethods>, 'page'>;

type WithoutGeneration<T> = T extends unknown ? Omit<T, 'generation'> : never;

/** A snapshot as the host makes it: the channel numbers the generations. */
export type ResultsContent = WithoutGeneration<ResultsSnapshot>;

const noRows: ResultsSource = { page: () => Promise.resolve([]) };

/**
 * The host's end of the results protocol. Each `show` begins a new generation, so a page that was asked for before it,
 * however late it is read, is never shown under the new header.
 */
export class ResultsChannel {
  readonly #emit;
  #source = noRows;
  #snapshot: ResultsSnapshot = { state: 'empty', generation: 0 };

  constructor(port: Port, handlers: ResultsHandlers) {
    this.#emit = emitter<ResultsEvents>(port);
    serve<ResultsMethods>(port, {
      ...handlers,
      page: async ({ generation, from, count }) => {
        const rows = generation === this.#snapshot.generation ? await this.#source.page(from, count) : [];
        return { generation: this.#snapshot.generation, rows: JSON.stringify(rows) };
      },
    });
    this.#emit('snapshot', this.#snapshot);
  }

  get snapshot(): ResultsSnapshot {
    return this.#snapshot;
  }

  /** Shows other rows, or a state without rows, in place of what was shown. */
  show(content: ResultsContent, source: ResultsSource = noRows): void {
    this.#source = source;
    this.#snapshot = { ...content, generation: this.#snapshot.generation + 1 };
    this.#emit('snapshot', this.#snapshot);
  }

  /** Changes the facts of what is shown (a node's status, its tests); the rows stay where they are. */
  update(subject: ResultsSubject): void {
    if (this.#snapshot.state === 'empty') return;
    this.#snapshot = { ...this.#snapshot, subject };
    this.#emit('snapshot', this.#snapshot);
  }
}
