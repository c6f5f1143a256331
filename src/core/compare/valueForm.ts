import type { FormSort } from './canonicalValue.ts';

/** A value in the one form that all equal values have. */
export interface ValueForm {
  readonly sort: FormSort;
  readonly text: string;
}

/** The order of two values: numbers by their size, null last. */
export function formOrder(one: ValueForm | undefined, other: ValueForm | undefined): number {
  if (one === undefined || other === undefined) return (one === undefined ? 1 : 0) - (other === undefined ? 1 : 0);
  // Near numbers may be one double, and `nan` is none.
  const byNumber = one.sort === 'number' && other.sort === 'number' ? Number(one.text) - Number(other.text) : 0;
  if (byNumber !== 0 && !Number.isNaN(byNumber)) return byNumber;
  return order(one.sort, other.sort) || order(one.text, other.text);
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
