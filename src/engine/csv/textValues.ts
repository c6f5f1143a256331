import { type LoadType } from '../../core/run/sqlEngine.ts';
import { exactDigits } from './byteValues.ts';
import { parseTimestamp } from './timestamps.ts';

/** A value as it is stored; whole numbers that a double would change are given as digits. */
export type Stored = number | string;

const truths = new Map<string, number>(
  Object.entries({ true: 1, t: 1, 1: 1, '1.0': 1, yes: 1, y: 1, false: 0, f: 0, 0: 0, '0.0': 0, no: 0, n: 0 }),
);

/** What a value must look like, for messages. */
export const expectation: Readonly<Record<LoadType, string>> = {
  integer: 'an integer of 64 bits',
  decimal: `a number of at most ${exactDigits} digits`,
  real: 'a number',
  boolean: 'true or false',
  date: 'a date (YYYY-MM-DD)',
  timestamp: 'a timestamp (YYYY-MM-DD HH:MM:SS, to the microsecond, with or without an offset)',
  text: 'a text',
};

/** Reads a text as a declared type, in any of the forms that programs write; undefined when it does not fit. */
export function readAs(type: LoadType, text: string): Stored | undefined {
  const value = text.trim();
  switch (type) {
    case 'integer':
      return readInteger(value);
    case 'decimal':
      return readDecimal(value);
    case 'real':
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? finite(Number(value)) : undefined;
    case 'boolean':
      return truths.get(value.toLowerCase());
    case 'date':
      return readDate(value);
    case 'timestamp':
      return parseTimestamp(value)?.utc;
    case 'text':
      return text;
  }
}

/** pandas writes the integers of a column with gaps as `2.0`. */
function readInteger(value: string): Stored | undefined {
  const digits = /^([+-]?\d+)(?:\.0*)?$/.exec(value)?.[1];
  if (digits === undefined) return undefined;
  const exact = BigInt(digits.replace('+', ''));
  if (BigInt.asIntN(64, exact) !== exact) return undefined;
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : String(exact);
}

function readDecimal(value: string): number | undefined {
  const match = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(value);
  if (match === null) return undefined;
  const digits = `${match[1] ?? ''}${match[2] ?? ''}`;
  const significant = `${match[1] ?? ''}${(match[2] ?? '').replace(/0+$/, '')}`.replace(/^0+/, '');
  return digits !== '' && significant.length <= exactDigits ? Number(value) + 0 : undefined;
}

/** A timestamp at midnight UTC is a date too: spreadsheets and pandas write dates so. */
function readDate(value: string): string | undefined {
  const utc = parseTimestamp(value)?.utc;
  return utc?.endsWith(' 00:00:00') === true ? utc.slice(0, 10) : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
