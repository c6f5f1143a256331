import type { Dialect } from '../translation.ts';
import { aggregates } from './aggregates.ts';
import { scalarFunctions } from './callFunction.ts';

/** The dialects that have a function of this name and meaning; undefined when all have it, or none is known to. */
export function functionDialects(name: string): readonly Dialect[] | undefined {
  for (const table of [aggregates, scalarFunctions]) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (rule !== undefined) return rule.dialects;
  }
  return undefined;
}
