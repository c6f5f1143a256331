import { utf8, utf8Text } from '../datagen/utf8.ts';
import type { FileSink, ProjectFiles } from '../project/projectFiles.ts';

/** Files that are kept in memory and seen by nobody else; a path that is written again has a new version. */
export function memoryFiles(): ProjectFiles {
  const contents = new Map<string, Uint8Array>();
  let written = 0;
  const versions = new Map<string, string>();
  const put = (path: string, bytes: Uint8Array): Promise<void> => {
    contents.set(path, bytes);
    written += 1;
    versions.set(path, String(written));
    return Promise.resolve();
  };
  return {
    list: () => Promise.resolve([...contents.keys()].sort()),
    readText: (path) => {
      const bytes = contents.get(path);
      return Promise.resolve(bytes === undefined ? undefined : utf8Text(bytes));
    },
    readBytes: (path) => Promise.resolve(contents.get(path)),
    version: (path) => Promise.resolve(versions.get(path)),
    stream: (path) => {
      const bytes = contents.get(path);
      return Promise.resolve(bytes === undefined ? undefined : onePiece(bytes));
    },
    write: (path, content) => put(path, typeof content === 'string' ? utf8(content) : content),
    openWrite: (path) => Promise.resolve(sink((bytes) => put(path, bytes))),
    remove: (path) => {
      contents.delete(path);
      versions.delete(path);
      return Promise.resolve();
    },
  };
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function sink(put: (bytes: Uint8Array) => Promise<void>): FileSink {
  const pieces: Uint8Array[] = [];
  return {
    write: (chunk) => {
      pieces.push(chunk.slice());
      return Promise.resolve();
    },
    commit: () => put(joined(pieces)),
    abort: () => Promise.resolve(),
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
