import { type LoadType } from '../../core/run/sqlEngine.ts';
import { type ColumnReader, type ColumnResult } from './columnReader.ts';
import {
  hasShape,
  isZeroOffset,
  narrowest,
  originalText,
  scaleOf,
  typeSet,
  typesOf,
  type Guess,
  type TypeSet,
} from './inference.ts';
import { isTextAt, takeDate, takeDecimal, takeInteger, takeTimestamp, type PlainTimestamp } from './plainValues.ts';
import { readAs, type Stored } from './textValues.ts';
import { parseTimestamp } from './timestamps.ts';
import { setComputed, textAt, valueKind, type ValueBlock } from './valueBlock.ts';

const [zero, minus, point] = [0x30, 0x2d, 0x2e];

/** What a value that is written just as the guess says can be. */
const typesOfGuess: Readonly<Record<Guess['type'], TypeSet>> = {
  boolean: typeSet('boolean', 'text'),
  integer: typeSet('integer', 'decimal', 'text'),
  decimal: typeSet('decimal', 'text'),
  date: typeSet('date', 'timestamp', 'text'),
  timestamp: typeSet('timestamp', 'text'),
  text: typeSet('text'),
  undecided: -1,
};

/**
 * Reads a column whose type nobody declared. Values are bound as the guess says at once; one that is written
 * otherwise is set aside as it is, and narrows the types that the whole column can have. In the end, if the guess
 * held for every value (the usual case), the column is right as it stands; else `recast` makes it right.
 */
export class InferredColumn implements ColumnReader {
  readonly bindType: LoadType;
  readonly #name: string;
  readonly #guess: Guess;
  readonly #take: (block: ValueBlock, index: number) => boolean;
  #possible: TypeSet;
  #scale = 0;
  #hasRaw = false;

  constructor(name: string, guess: Guess) {
    this.#name = name;
    this.#guess = guess;
    this.bindType = guess.type === 'undecided' ? 'text' : guess.type;
    this.#possible = typesOfGuess[guess.type];
    this.#take = this.#taker(guess);
  }

  read(block: ValueBlock, index: number): void {
    if (!this.#take(block, index)) this.#takeOther(block, index);
  }

  result(): ColumnResult {
    const type = this.#possible === -1 ? 'text' : narrowest(this.#possible);
    const column = { name: this.#name, type, ...(type === 'decimal' ? { scale: this.#scale } : {}) };
    if (type === this.bindType && !this.#hasRaw) return { column };
    return { column, recast: (stored, isRaw) => this.#recast(type, stored, isRaw) };
  }

  #recast(type: LoadType, stored: Stored, isRaw: boolean): Stored {
    if (!isRaw && type === this.bindType) return stored;
    const text = isRaw ? String(stored) : originalText(this.#guess, stored);
    return readAs(type, text) ?? text;
  }

  /** What takes the values that are written as the guess says. */
  #taker(from: Guess): (block: ValueBlock, index: number) => boolean {
    switch (from.type) {
      case 'integer':
        return (block, index) => takeInteger(block, index, true);
      case 'decimal':
        return (block, index) => this.#takeDecimal(block, index, from);
      case 'boolean': {
        const words = from.words.map((word) => new TextEncoder().encode(word));
        return (block, index) => takeWord(block, index, words);
      }
      case 'date':
        return takeDate;
      case 'timestamp': {
        const { shape } = from;
        if (shape.fractionDigits > 0 || !shape.hasSeconds || !isZeroOffset(shape.suffix)) return () => false;
        const plain: PlainTimestamp = {
          separator: shape.separator.charCodeAt(0),
          suffixes: [new TextEncoder().encode(shape.suffix)],
        };
        return (block, index) => takeTimestamp(block, index, plain);
      }
      case 'text':
        return takeText;
      case 'undecided':
        return () => false;
    }
  }

  #takeDecimal(block: ValueBlock, index: number, from: Guess & { type: 'decimal' }): boolean {
    const scale = takeDecimal(block, index);
    if (scale === -1 || !isWrittenAs(block, index, scale, from)) return false;
    if (scale > this.#scale) this.#scale = scale;
    return true;
  }

  #takeOther(block: ValueBlock, index: number): void {
    const text = textAt(block, index);
    const types = typesOf(text);
    this.#possible &= types;
    if ((types & typeSet('decimal')) !== 0) this.#scale = Math.max(this.#scale, scaleOf(text));
    if (this.#guess.type === 'undecided') takeText(block, index);
    else if (this.#guess.type === 'integer' && (types & typeSet('integer')) !== 0) setComputed(block, index, text);
    else if (!this.#takeShapedTimestamp(block, index, text)) {
      this.#hasRaw = true;
      block.kinds[index] = valueKind.raw;
    }
  }

  /** Takes a timestamp with a fraction, or without seconds, that is written as the guess says. */
  #takeShapedTimestamp(block: ValueBlock, index: number, text: string): boolean {
    if (this.#guess.type !== 'timestamp') return false;
    const timestamp = parseTimestamp(text);
    if (timestamp === undefined || !hasShape(timestamp, this.#guess.shape)) return false;
    setComputed(block, index, timestamp.utc);
    return true;
  }
}

function takeText(block: ValueBlock, index: number): boolean {
  block.kinds[index] = valueKind.text;
  return true;
}

function takeWord(block: ValueBlock, index: number, words: readonly Uint8Array[]): boolean {
  const start = block.starts[index] ?? 0;
  const end = block.ends[index] ?? 0;
  const value = words.findIndex((word) => isTextAt(block.bytes, start, end, word));
  if (value === -1) return false;
  block.kinds[index] = valueKind.int32;
  block.numbers[index] = value;
  return true;
}

/** True when `originalText` gives back just these bytes for the decimal that was taken from them. */
function isWrittenAs(block: ValueBlock, index: number, scale: number, from: Guess & { type: 'decimal' }): boolean {
  const { bytes } = block;
  const start = block.starts[index] ?? 0;
  const end = block.ends[index] ?? 0;
  const value = block.numbers[index] ?? 0;
  const first = bytes[start] === minus ? start + 1 : start;
  const hasLeadingZero = bytes[first] === zero && first + 1 < end && bytes[first + 1] !== point;
  // Neither keeps its text as a number: a negative zero, and what JavaScript writes with an exponent.
  if (hasLeadingZero || (value === 0 && first !== start)) return false;
  if (from.scale !== 'shortest') return scale === from.scale;
  if (value !== 0 && Math.abs(value) < 1e-6) return false;
  if (Number.isInteger(value)) return from.whole === '' ? scale === 0 : scale === 1;
  return bytes[end - 1] !== zero;
}
