import type { SqlType, TypedColumn } from '../sql/translation.ts';
import { sqlText } from './sqlText.ts';
import type { SqlEngine } from './sqlEngine.ts';

/** A column as SQLite declares it. */
export interface DeclaredColumn {
  readonly name: string;
  /** SQLite's own word for its affinity; may be empty. */
  readonly declaredType: string;
}

/** The columns of a table or view, in order; none when there is no such relation. */
export async function tableColumns(
  engine: SqlEngine,
  table: string,
  schema: 'main' | 'temp' = 'main',
): Promise<readonly DeclaredColumn[]> {
  const { rows } = await engine.query(
    `select name, type from pragma_table_info(${sqlText(table)}, ${sqlText(schema)}) order by cid`,
  );
  return rows.map(([name, type]) => ({ name: String(name), declaredType: String(type ?? '') }));
}

/** The entry of a list whose name is the same to SQLite, which minds no case. */
export function named<T extends { readonly name: string }>(columns: readonly T[], name: string): T | undefined {
  return columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** The type of a column that holds values of both types; unknown when there is no such type. */
export function commonType(a: SqlType | undefined, b: SqlType | undefined): SqlType {
  if (a === undefined || b === undefined) return { kind: 'unknown' };
  const scale = (type: SqlType): number | undefined =>
    type.kind === 'decimal' ? type.scale : type.kind === 'integer' ? 0 : undefined;
  const [first, second] = [scale(a), scale(b)];
  if (a.kind === b.kind && a.kind !== 'decimal') return a;
  if (first === undefined || second === undefined) return { kind: 'unknown' };
  const isFloat = [a, b].some((one) => one.kind === 'decimal' && one.float === true);
  return { kind: 'decimal', scale: Math.max(first, second), ...(isFloat && { float: true }) };
}

/** Columns of a table into which rows of other columns were put. */
export function mergedColumns(
  names: readonly string[],
  before: readonly TypedColumn[],
  added: readonly TypedColumn[],
): readonly TypedColumn[] {
  return names.map((name) => {
    const [old, fresh] = [named(before, name), named(added, name)];
    return {
      name,
      type:
        old === undefined || fresh === undefined
          ? ((old ?? fresh)?.type ?? { kind: 'unknown' })
          : commonType(old.type, fresh.type),
    };
  });
}
