import * as vscode from 'vscode';
import type { FileSink, ProjectFiles } from '../core/project/projectFiles.ts';

const leftOut = new Set(['node_modules', '.git', 'target', 'logs', '.venv', '__pycache__']);
const chunkBytes = 1 << 20;

/**
 * The files of a project through the editor's file system, so that it works wherever the folder is. Text that is being
 * edited is read as it stands in the editor.
 */
export function vscodeFiles(folder: vscode.Uri): ProjectFiles {
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
  return {
    list: async () => (await filesBelow(folder, '')).sort(),
    readText: async (path) => {
      const edited = editedDocument(at(path));
      if (edited !== undefined) return edited.getText();
      const bytes = await unlessMissing(vscode.workspace.fs.readFile(at(path)));
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    readBytes: (path) => unlessMissing(vscode.workspace.fs.readFile(at(path))),
    version: async (path) => {
      const stat = await unlessMissing(vscode.workspace.fs.stat(at(path)));
      return stat === undefined ? undefined : `${String(stat.mtime)}-${String(stat.size)}`;
    },
    stream: async (path) => {
      const bytes = await unlessMissing(vscode.workspace.fs.readFile(at(path)));
      return bytes === undefined ? undefined : chunksOf(bytes);
    },
    write: (path, content) =>
      writeWhole(at(path), typeof content === 'string' ? new TextEncoder().encode(content) : content),
    openWrite: (path) => Promise.resolve(collectingSink(at(path))),
    remove: async (path) => {
      await unlessMissing(vscode.workspace.fs.delete(at(path)));
    },
  };
}

function editedDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const text = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === text);
}

async function filesBelow(folder: vscode.Uri, prefix: string): Promise<string[]> {
  const uri = prefix === '' ? folder : vscode.Uri.joinPath(folder, prefix);
  const entries = (await unlessMissing(vscode.workspace.fs.readDirectory(uri))) ?? [];
  const found = await Promise.all(
    entries.map(async ([name, type]) => {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if ((type & vscode.FileType.Directory) !== 0) return leftOut.has(name) ? [] : filesBelow(folder, path);
      return [path];
    }),
  );
  return found.flat();
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // Each chunk is a copy of its own, since its buffer is moved to the engine's thread.
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield await Promise.resolve(bytes.slice(start, start + chunkBytes));
  }
}

/** The editor's file system has no appending: the pieces are kept and written at once. */
function collectingSink(uri: vscode.Uri): FileSink {
  let pieces: Uint8Array[] = [];
  return {
    write: (chunk) => {
      pieces.push(chunk.slice());
      return Promise.resolve();
    },
    commit: () => writeWhole(uri, concatenated(pieces)),
    abort: () => {
      pieces = [];
      return Promise.resolve();
    },
  };
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Writes beside the file and renames; a file system that cannot rename over a file is written to directly. */
async function writeWhole(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const temporary = uri.with({ path: `${uri.path}.${crypto.randomUUID().slice(0, 8)}.tmp` });
  await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  await fs.writeFile(temporary, bytes);
  try {
    await fs.rename(temporary, uri, { overwrite: true });
  } catch {
    await fs.writeFile(uri, bytes);
    await fs.delete(temporary);
  }
}

async function unlessMissing<T>(work: Thenable<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof vscode.FileSystemError ? error.code : '';
    if (code === 'FileNotFound' || code === 'FileNotADirectory' || code === 'FileIsADirectory') return undefined;
    throw error;
  }
}
