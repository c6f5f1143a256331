import { type LoadType } from '../../core/run/sqlEngine.ts';
import {
  takeDates,
  takeDecimals,
  takeIntegers,
  takeNone,
  takeTexts,
  takeTimestamps,
  takeWords,
  type OtherValue,
} from './columnLoops.ts';
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
  readonly #take: (block: ValueBlock, column: number, other: OtherValue) => void;
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

  read(block: ValueBlock, column: number): void {
    this.#take(block, column, (index) => this.#takeOther(block, index));
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
  #taker(from: Guess): (block: ValueBlock, column: number, other: OtherValue) => void {
    switch (from.type) {
      case 'integer':
        return (block, column, other) => takeIntegers(block, column, true, other);
      case 'decimal': {
        const accepts = writtenAs(from);
        return (block, column, other) => {
          const scale = takeDecimals(block, column, accepts, other);
          this.#scale = Math.max(this.#scale, scale);
        };
      }
      case 'boolean': {
        const words = from.words.map((word) => new TextEncoder().encode(word));
        return (block, column, other) => takeWords(block, column, words, other);
      }
      case 'date':
        return takeDates;
      case 'timestamp': {
        const { shape } = from;
        if (shape.fractionDigits > 0 || !shape.hasSeconds || !isZeroOffset(shape.suffix)) return takeNone;
        const separator = shape.separator.charCodeAt(0);
        const suffixes = [new TextEncoder().encode(shape.suffix)];
        return (block, column, other) => takeTimestamps(block, column, { separator, suffixes }, other);
      }
      case 'text':
        return takeTexts;
      case 'undecided':
        return takeNone;
    }
  }

  #takeOther(block: ValueBlock, index: number): void {
    const text = textAt(block, index);
    const types = typesOf(text);
    this.#possible &= types;
    if ((types & typeSet('decimal')) !== 0) this.#scale = Math.max(this.#scale, scaleOf(text));
    if (this.#guess.type === 'undecided') block.kinds[index] = valueKind.text;
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

/** Tells whether `originalText` gives back just the bytes of the decimal that was read from them. */
function writtenAs(from: Guess & { type: 'decimal' }): Parameters<typeof takeDecimals>[2] {
  return ({ bytes, starts, ends }, index, scale, value) => {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    const first = bytes[start] === minus ? start + 1 : start;
    const hasLeadingZero = bytes[first] === zero && first + 1 < end && bytes[first + 1] !== point;
    // Neither keeps its text as a number: a negative zero, and what JavaScript writes with an exponent.
    if (hasLeadingZero || (value === 0 && first !== start)) return false;
    if (from.scale !== 'shortest') return scale === from.scale;
    if (value !== 0 && Math.abs(value) < 1e-6) return false;
    if (Number.isInteger(value)) return from.whole === '' ? scale === 0 : scale === 1;
    return bytes[end - 1] !== zero;
  };
}
