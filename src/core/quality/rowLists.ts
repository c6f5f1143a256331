/** How many row numbers one statement names. */
const rowsAtOnce = 2000;

/** Row numbers as lists for SQL's IN, none of them longer than a statement bears. */
export function rowLists(rows: readonly number[]): readonly string[] {
  const lists: string[] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) lists.push(rows.slice(from, from + rowsAtOnce).join(','));
  return lists;
}
