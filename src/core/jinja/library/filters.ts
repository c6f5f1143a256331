import { htmlFilters } from './htmlFilters.ts';
import type { FilterFunction } from './libraryFunction.ts';
import { numberFilters } from './numberFilters.ts';
import { sequenceFilters } from './sequenceFilters.ts';
import { textFilters } from './textFilters.ts';

/** dbt's own: outside YAML they change nothing, inside it the native renderer looks for them. */
const nativeFilters = ['as_text', 'as_bool', 'as_number', 'as_native'].map((name): [string, FilterFunction] => [
  name,
  (input) => input,
]);

/** The filters of Jinja2 3.1 and dbt's own, by name. */
export const filters: ReadonlyMap<string, FilterFunction> = new Map([
  ...textFilters,
  ...htmlFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...nativeFilters,
]);

/** For the parser: which filters there are. */
export const filterNames = {
  has: (name: string): boolean => filters.has(name),
  [Symbol.iterator]: () => filters.keys(),
};
