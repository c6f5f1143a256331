import { batchSizeOf, type Batch, type BatchSize } from '../compile/batch.ts';
import { eventMomentOf } from '../compile/eventMomentOf.ts';
import type { ModelNode } from '../compile/manifest.ts';

/** What decides which batches of event time a run builds; moments are milliseconds since 1970 UTC. */
export interface BatchRange {
  /** `--event-time-start` and `--event-time-end`, which are given together. */
  readonly eventTime: Batch | undefined;
  /** The present moment, up to which batches go without them. */
  readonly now: number;
}

/**
 * The batches of a model that a run builds, in order (dbt-core: materializations/incremental/microbatch.py,
 * MicrobatchBuilder). `isIncremental`: its table is there and is kept, so that only what is within `lookback` of the
 * end is built again. None where the config has no batch size or no moment to begin at.
 */
export function batchesOf({ config }: ModelNode, range: BatchRange, isIncremental: boolean): readonly Batch[] {
  const size = batchSizeOf(config);
  if (size === undefined) return [];
  const end = ceiling(range.eventTime?.end ?? range.now, size);
  const start = startOf(config, { size, end, given: range.eventTime?.start, isIncremental });
  if (start === undefined) return [];
  const batches: Batch[] = [];
  let from = start;
  do {
    const to = moved(from, size, 1);
    batches.push({ start: from, end: to });
    from = to;
  } while (from < end);
  const last = batches.pop();
  return last === undefined ? [] : [...batches, { ...last, end }];
}

function startOf(
  config: ModelNode['config'],
  {
    size,
    end,
    given,
    isIncremental,
  }: { size: BatchSize; end: number; given: number | undefined; isIncremental: boolean },
): number | undefined {
  if (given !== undefined) return truncated(given, size);
  if (!isIncremental) {
    const begin = eventMomentOf(config['begin']);
    return begin === undefined ? undefined : truncated(begin, size);
  }
  const { lookback = 1 } = config;
  // The end is on a boundary between batches: the one before it counts apart from those that are looked back to.
  return moved(end, size, -(typeof lookback === 'number' || typeof lookback === 'boolean' ? Number(lookback) : 1) - 1);
}

function truncated(moment: number, size: BatchSize): number {
  const date = new Date(moment);
  switch (size) {
    case 'year':
      date.setUTCMonth(0, 1);
      date.setUTCHours(0, 0, 0, 0);
      break;
    case 'month':
      date.setUTCDate(1);
      date.setUTCHours(0, 0, 0, 0);
      break;
    case 'day':
      date.setUTCHours(0, 0, 0, 0);
      break;
    case 'hour':
      date.setUTCMinutes(0, 0, 0);
      break;
  }
  return date.getTime();
}

/** The start of the batch that is so many batches behind the one of a moment. */
function moved(moment: number, size: BatchSize, batches: number): number {
  const date = new Date(truncated(moment, size));
  switch (size) {
    case 'year':
      date.setUTCFullYear(date.getUTCFullYear() + batches);
      break;
    case 'month':
      date.setUTCMonth(date.getUTCMonth() + batches);
      break;
    case 'day':
      date.setUTCDate(date.getUTCDate() + batches);
      break;
    case 'hour':
      date.setUTCHours(date.getUTCHours() + batches);
      break;
  }
  return date.getTime();
}

function ceiling(moment: number, size: BatchSize): number {
  const start = truncated(moment, size);
  return start === moment ? moment : moved(start, size, 1);
}
