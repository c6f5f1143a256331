import type { PlainMap, PlainValue } from '../project/plainValue.ts';
import { parseTimestamp } from './calendar.ts';

/** What a column accepts (dbt_utils: `accepted_range`): bounds that are numbers, or dates and times as text. */
export interface AcceptedRange {
  readonly min: number | string | undefined;
  readonly max: number | string | undefined;
  /** The bounds themselves are accepted. */
  readonly includesMin: boolean;
  readonly includesMax: boolean;
  /** A bound that is SQL which only a database can evaluate. */
  readonly unread: string | undefined;
}

/** Reads the arguments of the test (dbt_utils: `min_value`, `max_value`, `inclusive`). */
export function acceptedRange(args: PlainMap): AcceptedRange {
  const bounds = [args['min_value'], args['max_value']] as const;
  const [min, max] = bounds.map(readBound);
  const unread = bounds.find((written, i) => (written ?? null) !== null && [min, max][i] === undefined);
  return {
    min,
    max,
    includesMin: args['inclusive'] !== false,
    includesMax: args['inclusive'] !== false,
    unread: unread === undefined ? undefined : JSON.stringify(unread),
  };
}

/** A number, or the date or time in an SQL literal: `'2024-01-31'`, `cast('2024-01-31' as date)`. */
function readBound(written: PlainValue | undefined): number | string | undefined {
  if (typeof written === 'number') return written;
  if (typeof written !== 'string' || written.trim() === '') return undefined;
  if (Number.isFinite(Number(written))) return Number(written);
  const literal = /^\s*(?:cast\s*\(\s*'([^']+)'\s+as\s+\w+\s*\)|(?:date|timestamp)?\s*'([^']+)'(?:::\w+)?)\s*$/i.exec(
    written,
  );
  const text = literal?.[1] ?? literal?.[2];
  return text === undefined || parseTimestamp(text) === undefined ? undefined : text;
}

/** What both ranges accept; undefined when their bounds cannot be compared: numbers with times. */
export function intersection(first: AcceptedRange, second: AcceptedRange): AcceptedRange | undefined {
  const [lower, upper] = [tighter(first, second, 'min'), tighter(first, second, 'max')];
  if (lower === undefined || upper === undefined) return undefined;
  return {
    min: lower.min,
    includesMin: lower.includesMin,
    max: upper.max,
    includesMax: upper.includesMax,
    unread: first.unread ?? second.unread,
  };
}

/** The one of two ranges that a bound excludes more by. */
function tighter(first: AcceptedRange, second: AcceptedRange, bound: 'min' | 'max'): AcceptedRange | undefined {
  const [a, b] = [first[bound], second[bound]];
  if (a === undefined) return second;
  if (b === undefined) return first;
  if (typeof a !== typeof b) return undefined;
  const [here, there] = [a, b].map((value) => (typeof value === 'number' ? value : (parseTimestamp(value) ?? NaN)));
  if (here === there) return first[bound === 'min' ? 'includesMin' : 'includesMax'] ? second : first;
  const isHigher = (here ?? NaN) > (there ?? NaN);
  return isHigher === (bound === 'min') ? first : second;
}

/** Bounds in the smallest units of a column, the accepted ones among them; undefined where there is none. */
export interface UnitBounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/**
 * The whole numbers that a range accepts, when its bounds are turned into units by `toUnits`; undefined when a bound
 * is not of the column's type.
 */
export function unitBounds(
  range: AcceptedRange,
  toUnits: (bound: number | string, isMax: boolean) => number | undefined,
): UnitBounds | undefined {
  const min = range.min === undefined ? undefined : toUnits(range.min, false);
  const max = range.max === undefined ? undefined : toUnits(range.max, true);
  if ((range.min !== undefined && min === undefined) || (range.max !== undefined && max === undefined))
    return undefined;
  return {
    min: min === undefined ? undefined : range.includesMin ? Math.ceil(min - 1e-6) : Math.floor(min + 1e-6) + 1,
    max: max === undefined ? undefined : range.includesMax ? Math.floor(max + 1e-6) : Math.ceil(max - 1e-6) - 1,
  };
}

/** A usual span brought into bounds: cut where they meet, and else as wide as it was, from the bound on. */
export function intoBounds(
  usual: { readonly min: number; readonly max: number },
  { min, max }: UnitBounds,
): {
  readonly min: number;
  readonly max: number;
} {
  const [low, high] = [Math.max(usual.min, min ?? -Infinity), Math.min(usual.max, max ?? Infinity)];
  if (low <= high) return { min: low, max: high };
  const width = usual.max - usual.min;
  if (min !== undefined && usual.max < min) return { min, max: Math.min(max ?? Infinity, min + width) };
  if (max !== undefined && usual.min > max) return { min: Math.max(min ?? -Infinity, max - width), max };
  return { min: low, max: high };
}
