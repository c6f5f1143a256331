/** What is used of a web worker: declared here, for the engine is compiled without TypeScript's DOM library. */
export interface WebWorker {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

interface WebGlobals {
  readonly Worker: new (url: string, options: { readonly name: string }) => WebWorker;
}

/** Starts a worker from the text of its script. Throws where the host does not allow it (CSP, Trusted Types). */
export function startScript(
  script: string,
  name: string,
): { readonly worker: WebWorker; readonly release: () => void } {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const release = (): void => URL.revokeObjectURL(url);
  try {
    const { Worker } = globalThis as unknown as WebGlobals;
    return { worker: new Worker(url, { name }), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** The way back from inside a worker. */
export const workerScope = globalThis as unknown as Omit<WebWorker, 'terminate'>;
