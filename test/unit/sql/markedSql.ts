import { positionAt, type Range } from '../../../src/core/diagnostics/text.ts';

/** SQL with one place between ⟦ and ⟧: the SQL without the marks, and the range of the place. */
export function marked(text: string): { readonly sql: string; readonly range: Range } {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  if (start === -1 || end < start) throw new Error(`no ⟦place⟧ in ${text}`);
  const sql = text.replace('⟦', '').replace('⟧', '');
  return { sql, range: { start: positionAt(sql, start), end: positionAt(sql, end) } };
}
