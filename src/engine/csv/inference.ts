import { type LoadType } from '../../core/run/sqlEngine.ts';
import { exactDigits } from './byteValues.ts';
import { type Stored } from './textValues.ts';
import { parseTimestamp, type TimestampText } from './timestamps.ts';

/** The types that are inferred, narrowest first. */
const inferable = ['boolean', 'integer', 'decimal', 'date', 'timestamp', 'text'] as const satisfies readonly LoadType[];

type Inferable = (typeof inferable)[number];

/** A set of inferable types, one bit each. */
export type TypeSet = number;

/** The set of the named types. */
export function typeSet(...types: readonly Inferable[]): TypeSet {
  return types.reduce((set, type) => set | (1 << inferable.indexOf(type)), 0);
}

/** The narrowest type of a set; text is in every set. */
export function narrowest(set: TypeSet): Inferable {
  return inferable.find((type) => (set & typeSet(type)) !== 0) ?? 'text';
}

/** How a timestamp is written. */
export type TimestampShape = Pick<TimestampText, 'separator' | 'fractionDigits' | 'suffix' | 'hasSeconds' | 'hasTime'>;

/**
 * The type that a column's first values suggest, with the way of writing it. A value written in just that way can be
 * turned back into its text, so a column that turns out to hold something else later loses nothing.
 */
export type Guess =
  | { readonly type: 'integer' | 'date' }
  | { readonly type: 'boolean'; readonly words: readonly [no: string, yes: string] }
  /** Always `scale` digits after the point. */
  | { readonly type: 'decimal'; readonly scale: number }
  /** As many digits as are needed, with `.0` or nothing after a whole number. */
  | { readonly type: 'decimal'; readonly scale: 'shortest'; readonly whole: '' | '.0' }
  | { readonly type: 'timestamp'; readonly shape: TimestampShape }
  | { readonly type: 'text' }
  /** No value so far: kept as text while the type is looked for. */
  | { readonly type: 'undecided' };

const booleanWords = [
  ['FALSE', 'TRUE'],
  ['False', 'True'],
  ['false', 'true'],
] as const;

const integerPattern = /^(?:0|-?[1-9]\d*)$/;
const decimalPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** The types that a text can be stored as with nothing lost: `007` and `1e5` are texts, `12.50` a decimal. */
export function typesOf(text: string): TypeSet {
  if (integerPattern.test(text)) {
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) !== value) return typeSet('text');
    return digitsOf(text) <= exactDigits ? typeSet('integer', 'decimal', 'text') : typeSet('integer', 'text');
  }
  if (decimalPattern.test(text)) {
    return digitsOf(text) <= exactDigits ? typeSet('decimal', 'text') : typeSet('text');
  }
  if (wordsOf(text) !== undefined) return typeSet('boolean', 'text');
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) return typeSet('text');
  return timestamp.hasTime ? typeSet('timestamp', 'text') : typeSet('date', 'timestamp', 'text');
}

function digitsOf(number: string): number {
  return number.replace(/[-.]/g, '').length;
}

function wordsOf(text: string): (typeof booleanWords)[number] | undefined {
  return booleanWords.find(([no, yes]) => text === no || text === yes);
}

/** Guesses from some values, none of them empty. */
export function guess(samples: readonly string[]): Guess {
  const [first] = samples;
  if (first === undefined) return { type: 'undecided' };
  const type = narrowest(samples.reduce((set, text) => set & typesOf(text), -1));
  switch (type) {
    case 'boolean':
      return { type, words: wordsOf(first) ?? booleanWords[0] };
    case 'decimal':
      return guessDecimal(samples);
    case 'timestamp': {
      const shape = samples.map(parseTimestamp).find((one) => one?.hasTime === true);
      return shape === undefined ? { type: 'text' } : { type, shape };
    }
    case 'integer':
    case 'date':
    case 'text':
      return { type };
  }
}

function guessDecimal(samples: readonly string[]): Guess {
  const scales = new Set(samples.map(scaleOf));
  const [scale] = scales;
  if (scales.size === 1 && scale !== undefined) return { type: 'decimal', scale };
  return { type: 'decimal', scale: 'shortest', whole: samples.some((text) => text.endsWith('.0')) ? '.0' : '' };
}

/** Digits after the point. */
export function scaleOf(number: string): number {
  const point = number.indexOf('.');
  return point === -1 ? 0 : number.length - point - 1;
}

/** The text that a stored value was read from, for values written as the guess says. */
export function originalText(from: Guess, stored: Stored): string {
  switch (from.type) {
    case 'boolean':
      return from.words[Number(stored) === 0 ? 0 : 1];
    case 'decimal':
      if (from.scale !== 'shortest') return Number(stored).toFixed(from.scale);
      return Number.isInteger(Number(stored)) ? `${String(stored)}${from.whole}` : String(stored);
    case 'timestamp':
      return writeTimestamp(String(stored), from.shape);
    case 'integer':
    case 'date':
    case 'text':
    case 'undecided':
      return String(stored);
  }
}

function writeTimestamp(utc: string, shape: TimestampShape): string {
  const fraction = utc.slice(20).padEnd(shape.fractionDigits, '0').slice(0, shape.fractionDigits);
  const time = shape.hasSeconds ? utc.slice(11, 19) : utc.slice(11, 16);
  return `${utc.slice(0, 10)}${shape.separator}${time}${fraction === '' ? '' : `.${fraction}`}${shape.suffix}`;
}

/** True when a timestamp is written as the shape says and its offset is none, so that `originalText` gives it back. */
export function hasShape(one: TimestampText, shape: TimestampShape): boolean {
  return (
    one.hasTime &&
    one.separator === shape.separator &&
    one.fractionDigits === shape.fractionDigits &&
    one.suffix === shape.suffix &&
    one.hasSeconds === shape.hasSeconds &&
    isZeroOffset(one.suffix)
  );
}

/** True for the ways of writing UTC, and for no offset. */
export function isZeroOffset(suffix: string): boolean {
  return /^ ?(?:|Z|UTC|[+-]00(?::?00)?)$/.test(suffix);
}
