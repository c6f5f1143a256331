import type { DisplayValue } from '../../run/displayValue.ts';
import type { SqlValue } from '../../run/sqlEngine.ts';
import type { RawTable } from '../rawTable.ts';

/** The ways in which data is spoiled. */
export type DefectName =
  | 'empty value'
  | 'repeated value'
  | 'unknown value'
  | 'orphan'
  | 'second child'
  | 'parent not allowed'
  | 'below range'
  | 'above range'
  | 'too early'
  | 'unequal value'
  | 'other form'
  | 'repeated row';

/** One way of spoiling one column, or the rows of one table. */
export interface DefectKind {
  readonly name: DefectName;
  readonly table: RawTable;
  /** Undefined when whole rows are repeated. */
  readonly column: string | undefined;
  /** What the project or its hints say that this breaks: `not_null`, `after created_at`. */
  readonly rule: string;
}

/** A place where a defect was planted. */
export interface PlantedDefect {
  /** The row's number; of a repeated row that of the row that it repeats. */
  readonly row: number;
  readonly key: DisplayValue;
  /** As stored in the database. */
  readonly before: SqlValue;
  readonly after: SqlValue;
}

/** A kind with the places where it was planted. */
export interface PlantedKind {
  readonly kind: DefectKind;
  readonly planted: readonly PlantedDefect[];
}

/** Which tests found a kind of defects: those for which more rows fail with it than without it. */
export interface TriedKind extends PlantedKind {
  readonly caughtBy: readonly string[];
}

/** `players.created_at: too early`. */
export function kindTitle({ table, column, name }: DefectKind): string {
  return `${table.node.name}${column === undefined ? '' : `.${column}`}: ${name}`;
}
