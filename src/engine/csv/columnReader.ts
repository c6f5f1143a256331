import { type LoadedColumn, type LoadType } from '../../core/run/sqlEngine.ts';
import { type Stored } from './textValues.ts';
import { type ValueBlock } from './valueBlock.ts';

/** The affinity that a column is made with: https://www.sqlite.org/datatype3.html#type_affinity */
export const affinities: Readonly<Record<LoadType, 'INTEGER' | 'REAL' | 'TEXT'>> = {
  integer: 'INTEGER',
  boolean: 'INTEGER',
  decimal: 'REAL',
  real: 'REAL',
  date: 'TEXT',
  timestamp: 'TEXT',
  text: 'TEXT',
};

/** Reads the values of one column: decides what is bound for each. */
export interface ColumnReader {
  /** The type that values are bound as. */
  readonly bindType: LoadType;
  /** Sets the kind, and where there is one the number, of each value of a column. */
  read(block: ValueBlock, column: number): void;
  /** What the column has become when all values were read. */
  result(): ColumnResult;
}

export interface ColumnResult {
  readonly column: LoadedColumn;
  /**
   * Set when values are stored otherwise than the column's type wants: makes the right one of each. `isRaw` marks a
   * text that was set aside.
   */
  readonly recast?: (stored: Stored, isRaw: boolean) => Stored;
}
