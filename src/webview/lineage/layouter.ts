import type { GraphIndex } from './graphIndex.ts';
import { layoutRequest, type LayoutReply, type Point } from './layout.ts';
import workerText from './layout.worker.ts?text';

/** Places of cards by unique id. */
export type Positions = ReadonlyMap<string, Point>;

/** Lays graphs out beside the page's own thread. Rejects when the worker cannot run or the layout fails. */
export type Layouter = (index: GraphIndex) => Promise<Positions>;

/** Starts the worker with the first graph. A page's policy allows workers from blobs only. */
export function createLayouter(): Layouter {
  const waiting = new Map<number, (reply: LayoutReply) => void>();
  let worker: Worker | undefined;
  let last = 0;

  const start = (): Worker => {
    const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
    const started = new Worker(url);
    URL.revokeObjectURL(url);
    started.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    started.onerror = (event) => {
      for (const [id, settle] of waiting) settle({ id, failure: event.message });
      waiting.clear();
      worker = undefined;
    };
    return started;
  };

  return async (index) => {
    const request = layoutRequest(++last, index);
    const reply = await new Promise<LayoutReply>((resolve) => {
      waiting.set(request.id, resolve);
      worker ??= start();
      worker.postMessage(request);
    });
    if ('failure' in reply) throw new Error(reply.failure);
    return new Map(
      index.nodes.flatMap((node, number) => {
        const point = reply.positions[number];
        return point === undefined ? [] : [[node.id, point]];
      }),
    );
  };
}
