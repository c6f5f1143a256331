/**
 * Requests, replies and events over any channel of structured-clone messages: a worker, a webview.
 * A channel's protocol is two maps: methods (name to function type) and events (name to payload type).
 */
export type Methods = Record<string, (params: never) => unknown>;
export type Events = Record<string, unknown>;

export interface RequestMessage {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/** An error as it crosses a channel; `name` and `data` let the receiver tell kinds of errors apart. */
export interface ErrorShape {
  readonly name: string;
  readonly message: string;
  readonly data?: unknown;
}

export interface ReplyMessage {
  readonly kind: 'reply';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: ErrorShape;
}

export interface EventMessage {
  readonly kind: 'event';
  readonly event: string;
  readonly payload: unknown;
}

export type Message = RequestMessage | ReplyMessage | EventMessage;

/** One end of a channel. `transfer` names buffers that move instead of being copied, where the channel can. */
export interface Port {
  post(message: Message, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: Message) => void): void;
}

/** What a remote method failed with. */
export class RemoteError extends Error {
  readonly data: unknown;

  constructor(shape: ErrorShape) {
    super(shape.message);
    this.name = shape.name;
    this.data = shape.data;
  }
}

type ParamsOf<F> = F extends (params: infer P) => unknown ? P : never;
type ResultOf<F> = F extends (params: never) => infer R ? Awaited<R> : never;

type Answer<R> = R | Transferred<R>;

export type Handlers<M extends Methods> = {
  readonly [K in keyof M]: (params: ParamsOf<M[K]>) => Answer<ResultOf<M[K]>> | Promise<Answer<ResultOf<M[K]>>>;
};

/** Marks a result whose buffers are to be moved to the other side. */
export class Transferred<T> {
  readonly value: T;
  readonly buffers: readonly ArrayBuffer[];

  constructor(value: T, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/**
 * Answers requests with handlers. Every request is answered: a throw becomes an error reply, and so does an
 * unknown method.
 */
export function serve<M extends Methods>(port: Port, handlers: Handlers<M>): void {
  const answer = async (request: RequestMessage): Promise<void> => {
    try {
      const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined;
      if (handler === undefined) throw new Error(`unknown method ${request.method}`);
      const result: unknown = await handler(request.params as never);
      if (result instanceof Transferred) {
        port.post({ kind: 'reply', id: request.id, result: result.value }, result.buffers);
      } else {
        port.post({ kind: 'reply', id: request.id, result });
      }
    } catch (error) {
      port.post({ kind: 'reply', id: request.id, error: errorShape(error) });
    }
  };
  port.onMessage((message) => {
    if (message.kind === 'request') void answer(message);
  });
}

function errorShape(error: unknown): ErrorShape {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const data: unknown = 'data' in error ? error.data : undefined;
  return { name: error.name, message: error.message, ...(data === undefined ? {} : { data }) };
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The asking end: requests by name with the types of the method map, and events from the other side. */
export class RpcClient<M extends Methods, E extends Events = Record<string, never>> {
  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<keyof E, Set<(payload: never) => void>>();
  #next = 1;
  #closed: Error | undefined;

  constructor(port: Port) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
  }

  /** Rejects with `RemoteError` when the method threw, or with the reason of `close`. */
  request<K extends keyof M & string>(
    method: K,
    params: ParamsOf<M[K]>,
    transfer?: readonly ArrayBuffer[],
  ): Promise<ResultOf<M[K]>> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#port.post({ kind: 'request', id, method, params }, transfer);
    });
  }

  on<K extends keyof E>(event: K, listener: (payload: E[K]) => void): { dispose(): void } {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return { dispose: () => void listeners.delete(listener) };
  }

  /** Rejects what is pending and everything asked later. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  #receive(message: Message): void {
    if (message.kind === 'event') {
      for (const listener of this.#listeners.get(message.event) ?? []) listener(message.payload as never);
    } else if (message.kind === 'reply') {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error === undefined) pending?.resolve(message.result as never);
      else pending?.reject(new RemoteError(message.error));
    }
  }
}

/** Sends events of a map to the other side. */
export function emitter<E extends Events>(port: Port): <K extends keyof E & string>(event: K, payload: E[K]) => void {
  return (event, payload) => port.post({ kind: 'event', event, payload });
}
