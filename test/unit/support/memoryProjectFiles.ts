import type { FileSink, ProjectFiles } from '../../../src/core/project/projectFiles.ts';

/** The files of a project in memory: a map of paths to contents that a test can read and change. */
export class MemoryProjectFiles implements ProjectFiles {
  readonly #contents = new Map<string, Uint8Array>();
  readonly #versions = new Map<string, number>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.set(path, text);
  }

  /** Puts a file in place at once, as another program would. */
  set(path: string, content: string | Uint8Array): void {
    this.#contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content.slice());
    this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
  }

  /** Every path, those in target included. */
  get paths(): readonly string[] {
    return [...this.#contents.keys()].sort();
  }

  text(path: string): string {
    return new TextDecoder().decode(this.#contents.get(path));
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve(this.paths.filter((path) => !path.startsWith('target/')));
  }

  readText(path: string): Promise<string | undefined> {
    const bytes = this.#contents.get(path);
    return Promise.resolve(bytes === undefined ? undefined : new TextDecoder().decode(bytes));
  }

  readBytes(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#contents.get(path)?.slice());
  }

  version(path: string): Promise<string | undefined> {
    const version = this.#versions.get(path);
    return Promise.resolve(version === undefined ? undefined : String(version));
  }

  stream(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const bytes = this.#contents.get(path);
    return Promise.resolve(bytes === undefined ? undefined : oneChunk(bytes.slice()));
  }

  write(path: string, content: string | Uint8Array): Promise<void> {
    this.set(path, content);
    return Promise.resolve();
  }

  openWrite(path: string): Promise<FileSink> {
    const pieces: Uint8Array[] = [];
    return Promise.resolve({
      write: (chunk) => {
        pieces.push(chunk.slice());
        return Promise.resolve();
      },
      commit: () => this.write(path, Buffer.concat(pieces)),
      abort: () => Promise.resolve(),
    });
  }

  remove(path: string): Promise<void> {
    this.#contents.delete(path);
    this.#versions.delete(path);
    return Promise.resolve();
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
