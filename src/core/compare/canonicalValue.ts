import { canonicalDate, canonicalTimestamp } from './canonicalMoment.ts';
import { canonicalNumber, canonicalReal } from './canonicalNumber.ts';
import { valueKind, type ValueKind } from './valueKind.ts';

/** What the one form of a value is of: values of two sorts are never equal. */
export type FormSort = 'number' | 'boolean' | 'date' | 'timestamp' | 'text';

/** How the values of one side come into the one form that all equal values have. Null is no value, and has none. */
export interface Canonical {
  readonly sort: FormSort;
  /** Undefined for what is none of the sort: that is compared as the text that it is. */
  readonly form: (text: string) => string | undefined;
}

/** How the values of a column that both sides have are compared. */
export interface ColumnRule {
  readonly left: Canonical;
  readonly right: Canonical;
  /** False when the types are of different kinds, such as a text and a number: then no two values are equal but nulls. */
  readonly kindsAgree: boolean;
}

/**
 * The rule for a column by its types on both sides. Numbers are equal when they are the same number, to fifteen digits
 * where one side is a binary fraction; dates, timestamps and booleans in whatever spelling; texts when every character
 * is the same. Where one side's type is not known, the other's is taken.
 */
export function columnRule(leftType: string, rightType: string): ColumnRule {
  const own = { left: valueKind(leftType), right: valueKind(rightType) };
  const left = own.left === 'unknown' ? own.right : own.left;
  const right = own.right === 'unknown' ? own.left : own.right;
  const isReal = (left === 'real' && right === 'exact') || (left === 'exact' && right === 'real');
  if (isReal) return { left: forms.real, right: forms.real, kindsAgree: true };
  return { left: forms[left], right: forms[right], kindsAgree: left === right };
}

const asItIs = (text: string): string => text;

const forms: Readonly<Record<ValueKind, Canonical>> = {
  exact: { sort: 'number', form: canonicalNumber },
  real: { sort: 'number', form: canonicalReal },
  boolean: { sort: 'boolean', form: canonicalBoolean },
  date: { sort: 'date', form: canonicalDate },
  timestamp: { sort: 'timestamp', form: canonicalTimestamp },
  text: { sort: 'text', form: asItIs },
  unknown: { sort: 'text', form: asItIs },
};

const words: ReadonlyMap<string, string> = new Map([
  ...['true', 't', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'f', '0'].map((word) => [word, 'false'] as const),
]);

function canonicalBoolean(text: string): string | undefined {
  return words.get(text) ?? words.get(text.trim().toLowerCase());
}
