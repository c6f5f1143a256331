import type { Violation } from './violation.ts';

/** `data/players.csv:11: raw.players 10: id 10 occurs 2 times [source_unique_raw_players_id]`. */
export function violationLine({ file, line, table, rowKey, reason, rule }: Violation): string {
  const row = [table, rowKey].filter((part) => part !== undefined && part !== null).join(' ');
  return `${file}:${String(line)}: ${row === '' ? '' : `${row}: `}${reason} [${rule.name}]`;
}
