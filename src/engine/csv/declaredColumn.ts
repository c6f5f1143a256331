import { type LoadType } from '../../core/run/sqlEngine.ts';
import { type ColumnReader, type ColumnResult } from './columnReader.ts';
import { type CsvFaults, shown } from './csvFaults.ts';
import { scaleOf } from './inference.ts';
import { plainUtc, takeDate, takeDecimal, takeInteger, takeTimestamp } from './plainValues.ts';
import { expectation, readAs } from './textValues.ts';
import { setComputed, textAt, valueKind, type ValueBlock } from './valueBlock.ts';

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

  read(block: ValueBlock, index: number, row: number): void {
    if (!this.#takePlain(block, index)) this.#takeOther(block, index, row);
  }

  result(): ColumnResult {
    const scale = this.bindType === 'decimal' ? { scale: this.#scale } : {};
    return { column: { name: this.#name, type: this.bindType, ...scale } };
  }

  #takePlain(block: ValueBlock, index: number): boolean {
    switch (this.bindType) {
      case 'integer':
        return takeInteger(block, index, false);
      case 'decimal':
      case 'real': {
        const scale = takeDecimal(block, index);
        if (scale > this.#scale) this.#scale = scale;
        return scale !== -1;
      }
      case 'date':
        return takeDate(block, index);
      case 'timestamp':
        return takeTimestamp(block, index, plainUtc);
      case 'boolean':
        return false;
      case 'text':
        block.kinds[index] = valueKind.text;
        return true;
    }
  }

  #takeOther(block: ValueBlock, index: number, row: number): void {
    const text = textAt(block, index);
    const value = readAs(this.bindType, text);
    if (value === undefined) {
      const message = `column ${this.#name}: ${shown(text)} is not ${expectation[this.bindType]}`;
      this.#faults.add('badValue', block.lines[row] ?? 0, message, this.#field);
      return;
    }
    if (this.bindType === 'decimal') this.#scale = Math.max(this.#scale, scaleOf(text.trim()));
    setComputed(block, index, value);
  }
}
