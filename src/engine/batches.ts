/**
 * Gathers chunks into buffers of about `size` bytes of their own: few messages, and a buffer that can be moved to
 * another thread, which the source's own (often a shared pool of Node's) cannot.
 */
export async function* batches(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let batch = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, size - filled);
      batch.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < size) continue;
      yield batch;
      batch = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield batch.slice(0, filled);
}
