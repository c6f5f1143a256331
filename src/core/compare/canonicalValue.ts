import type { ComparedValue } from './comparedTable.ts';
import { canonicalDate, canonicalTimestamp } from './canonicalMoment.ts';
import { canonicalNumber, canonicalReal } from './canonicalNumber.ts';
import { valueKind, type ValueKind } from './valueKind.ts';

/** A value in the one form that all equal values have; null for null, which equals nothing else. */
export type Canonical = (value: ComparedValue) => string | null;

/** What the one form of a number begins with. */
export const numberMark = 'number:';

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
  if (isReal) return { left: canonicalAs('real'), right: canonicalAs('real'), kindsAgree: true };
  return { left: canonicalAs(left), right: canonicalAs(right), kindsAgree: left === right };
}

/** A value that is none of its column's kind is compared as the text that it is. */
function canonicalAs(kind: ValueKind): Canonical {
  const form = forms[kind];
  const mark = kind === 'exact' || kind === 'real' ? numberMark : `${kind}:`;
  return (value) => {
    if (value === null) return null;
    const text = String(value);
    const canonical = form?.(text);
    return canonical === undefined ? `text:${text}` : `${mark}${canonical}`;
  };
}

const forms: Readonly<Record<ValueKind, ((text: string) => string | undefined) | undefined>> = {
  exact: canonicalNumber,
  real: canonicalReal,
  boolean: canonicalBoolean,
  date: canonicalDate,
  timestamp: canonicalTimestamp,
  text: undefined,
  unknown: undefined,
};

function canonicalBoolean(text: string): string | undefined {
  const word = text.trim().toLowerCase();
  if (['true', 't', '1'].includes(word)) return 'true';
  return ['false', 'f', '0'].includes(word) ? 'false' : undefined;
}
