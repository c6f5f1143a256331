import type { FileSink } from './projectFiles.ts';

/** Opens a file to be written beside others; it is committed or aborted with them. */
export type OpenTogether = (path: string) => Promise<Pick<FileSink, 'write'>>;

/**
 * Gives work files to write that are seen under their names only when all of them are whole: they are committed when
 * the work has ended, in the order in which they were opened. When it fails none is.
 */
export async function writeTogether<T>(
  openSink: (path: string) => Promise<FileSink>,
  work: (open: OpenTogether) => Promise<T>,
): Promise<T> {
  const sinks: FileSink[] = [];
  try {
    const result = await work(async (path) => {
      const sink = await openSink(path);
      sinks.push(sink);
      return sink;
    });
    while (sinks[0] !== undefined) {
      await sinks[0].commit();
      sinks.shift();
    }
    return result;
  } finally {
    // Empty after success: what is left here was not committed.
    await Promise.allSettled(sinks.map((sink) => sink.abort()));
  }
}
