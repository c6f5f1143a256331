/** A moment as SQLite's current_timestamp gives it. */
export function momentText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** Texts and names in quotes, and outside of them the present moment. */
const momentOrQuoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bcurrent_timestamp\b/g;

/** SQL of SQLite in which the present moment is another one. */
export function atMoment(sql: string, milliseconds: number): string {
  return sql.replace(momentOrQuoted, (part) => (part === 'current_timestamp' ? `'${momentText(milliseconds)}'` : part));
}
