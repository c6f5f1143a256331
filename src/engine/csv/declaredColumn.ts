import { type LoadType } from '../../core/run/sqlEngine.ts';
import {
  plainUtc,
  takeDates,
  takeDecimals,
  takeIntegers,
  takeTexts,
  takeTimestamps,
  takeWords,
  type OtherValue,
} from './columnLoops.ts';
import { type ColumnReader, type ColumnResult } from './columnReader.ts';
import { type CsvFaults, shown } from './csvFaults.ts';
import { scaleOf } from './inference.ts';

import { expectation, readAs } from './textValues.ts';
import { setComputed, textAt, valueKind, type ValueBlock } from './valueBlock.ts';

/** The words that most files have; the others are read one by one. */
const usualBooleans = ['FALSE', 'TRUE'].map((word) => new TextEncoder().encode(word));

/** Reads a column whose type was declared; a value that does not fit is a fault. */
export class DeclaredColumn implements ColumnReader {
  readonly bindType: LoadType;
  readonly #name: string;
  readonly #field: number;
  readonly #faults: CsvFaults;
  #scale = 0;

  constructor(name: string, field: number, type: LoadType, faults: CsvFaults) {
    this.#name = name;
    this.#field = field;
    this.bindType = type;
    this.#faults = faults;
  }

  read(block: ValueBlock, column: number): void {
    const other: OtherValue = (index, row) => this.#takeOther(block, index, row);
    switch (this.bindType) {
      case 'integer':
        takeIntegers(block, column, false, other);
        break;
      case 'decimal':
      case 'real': {
        const scale = takeDecimals(block, column, () => true, other);
        this.#scale = Math.max(this.#scale, scale);
        break;
      }
      case 'boolean':
        takeWords(block, column, usualBooleans, other);
        break;
      case 'date':
        takeDates(block, column, other);
        break;
      case 'timestamp':
        takeTimestamps(block, column, plainUtc, other);
        break;
      case 'text':
        takeTexts(block, column);
    }
  }

  result(): ColumnResult {
    const scale = this.bindType === 'decimal' ? { scale: this.#scale } : {};
    return { column: { name: this.#name, type: this.bindType, ...scale } };
  }

  #takeOther(block: ValueBlock, index: number, row: number): void {
    const text = textAt(block, index);
    const value = readAs(this.bindType, text);
    if (value === undefined) {
      const message = `column ${this.#name}: ${shown(text)} is not ${expectation[this.bindType]}`;
      this.#faults.add('badValue', block.lines[row] ?? 0, message, this.#field);
      block.kinds[index] = valueKind.null;
      return;
    }
    if (this.bindType === 'decimal') this.#scale = Math.max(this.#scale, scaleOf(text.trim()));
    setComputed(block, index, value);
  }
}
