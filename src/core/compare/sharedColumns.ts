import type { ComparedColumn } from './comparedTable.ts';

/** A column of one side, and where in its rows its values are. */
export interface PlacedColumn extends ComparedColumn {
  readonly index: number;
}

/** A column that both sides have. */
export interface SharedColumn {
  readonly left: PlacedColumn;
  readonly right: PlacedColumn;
}

/**
 * The columns of both sides, in the order of the left ones: those of the same name, else of the same name in other
 * capitals, for warehouses write names in capitals, or not.
 */
export function sharedColumns(
  left: readonly ComparedColumn[],
  right: readonly ComparedColumn[],
): readonly SharedColumn[] {
  const free = new Set(right.map((column, index) => ({ ...column, index })));
  const partners = new Map<number, PlacedColumn>();
  for (const form of [(name: string) => name, (name: string) => name.toLowerCase()]) {
    for (const [index, { name }] of left.entries()) {
      if (partners.has(index)) continue;
      const found = [...free].find((other) => form(other.name) === form(name));
      if (found === undefined) continue;
      partners.set(index, found);
      free.delete(found);
    }
  }
  return left.flatMap((column, index) => {
    const other = partners.get(index);
    return other === undefined ? [] : [{ left: { ...column, index }, right: other }];
  });
}
