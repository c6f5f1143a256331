import type { PlainValue } from '../project/plainValue.ts';

/**
 * The limit of a test's rows as Python's `int` makes a whole number of what is written: 3 of 3.9 and of "3", 1 of true
 * (dbt-core: artifacts/resources/v1/config.py, TestConfig). Undefined for what it makes none of.
 */
export function limitOf(value: PlainValue | undefined): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value)) return undefined;
  return Number(value.replaceAll('_', ''));
}
