import fs from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { FileSink, ProjectFiles } from '../core/project/projectFiles.ts';

const leftOut = new Set(['node_modules', '.git', 'target', 'logs', '.venv', '__pycache__']);

/** The files of a project on disk. */
export function nodeFiles(folder: string): ProjectFiles {
  const at = (file: string): string => path.join(folder, ...file.split('/'));
  return {
    list: async () => (await filesBelow(folder, '')).sort(),
    readText: async (file) => {
      const bytes = await unlessMissing(fs.readFile(at(file)));
      return bytes?.toString('utf8').replace(/^\uFEFF/, '');
    },
    readBytes: (file) => unlessMissing(fs.readFile(at(file))),
    version: async (file) => {
      const stat = await unlessMissing(fs.stat(at(file), { bigint: true }));
      return stat === undefined ? undefined : `${String(stat.mtimeNs)}-${String(stat.size)}`;
    },
    stream: async (file) => {
      const stat = await unlessMissing(fs.stat(at(file)));
      return stat?.isFile()
        ? (createReadStream(at(file), { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>)
        : undefined;
    },
    write: async (file, content) => {
      const sink = await openSink(at(file));
      try {
        await sink.write(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
      } catch (error) {
        await sink.abort();
        throw error;
      }
      await sink.commit();
    },
    openWrite: (file) => openSink(at(file)),
    remove: (file) => fs.rm(at(file), { force: true }),
  };
}

/** `links` are the folders that links on the way led to: one that leads back is not followed again. */
async function filesBelow(folder: string, prefix: string, links: readonly string[] = []): Promise<string[]> {
  const entries = await unlessMissing(fs.readdir(path.join(folder, prefix), { withFileTypes: true }));
  const found = await Promise.all(
    (entries ?? []).map(async (entry) => {
      const file = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (leftOut.has(entry.name)) return [];
      if (entry.isSymbolicLink()) return linkedFiles(folder, file, links);
      if (entry.isDirectory()) return filesBelow(folder, file, links);
      return entry.isFile() ? [file] : [];
    }),
  );
  return found.flat();
}

/** What a link leads to: `dbt deps` makes one for each local package. */
async function linkedFiles(folder: string, file: string, links: readonly string[]): Promise<string[]> {
  const target = await unlessMissing(fs.realpath(path.join(folder, file)));
  if (target === undefined) return [];
  const stat = await fs.stat(target);
  if (stat.isFile()) return [file];
  const root = await fs.realpath(folder);
  const place = await fs.realpath(path.dirname(path.join(folder, file)));
  const isAround = (inner: string): boolean => inner === target || inner.startsWith(`${target}${path.sep}`);
  const leadsBack = links.includes(target) || isAround(root) || isAround(place);
  return stat.isDirectory() && !leadsBack ? filesBelow(folder, file, [...links, target]) : [];
}

/** Writes beside the file and renames at the end, so that nobody sees half a file. */
async function openSink(file: string): Promise<FileSink> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  const handle = await fs.open(temporary, 'w');
  return {
    write: async (chunk) => {
      await handle.writeFile(chunk);
    },
    commit: async () => {
      await handle.close();
      await fs.rename(temporary, file);
    },
    abort: async () => {
      await handle.close();
      await fs.rm(temporary, { force: true });
    },
  };
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
