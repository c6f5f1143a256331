import type { FileLocation } from '../../protocol/nodeFacts.ts';

const grouped = new Intl.NumberFormat('en');

/** `1,234`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 row`, `1,234 rows`. */
export function formatRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** As `formatRows`, but `1.2M rows` from a hundred thousand on: for places that are narrow. */
export function formatRowsShort(count: number): string {
  return count < 100_000 ? formatRows(count) : `${compact.format(count)} rows`;
}

/** `8 ms`, `1.25 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '<1 ms';
  if (Math.round(ms) < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** `models/core/core.yml:12:5`, one-based as editors print it. */
export function formatLocation({ file, line, character }: FileLocation): string {
  return `${file}:${String(line + 1)}:${String(character + 1)}`;
}
