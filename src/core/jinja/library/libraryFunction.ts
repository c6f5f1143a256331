import type { CallSite } from '../runtime/callSite.ts';
import type { JinjaValue } from '../values/value.ts';
import type { GivenArguments } from './arguments.ts';

/** What a filter or test may use besides its arguments. */
export interface LibraryContext {
  readonly site: CallSite;
  /** The filters and tests themselves: `map('upper')` and `select('odd')` look them up by name. */
  readonly filters: ReadonlyMap<string, FilterFunction>;
  readonly tests: ReadonlyMap<string, TestFunction>;
}

/** A filter: `input | name(args)`. Throws `JinjaFailure`. */
export type FilterFunction = (input: JinjaValue, given: GivenArguments, context: LibraryContext) => JinjaValue;

/** A test: `input is name(args)`. Throws `JinjaFailure`. */
export type TestFunction = (input: JinjaValue, given: GivenArguments, context: LibraryContext) => boolean;
