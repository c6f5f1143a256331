import type { Range } from '../../diagnostics/text.ts';
import type { Runtime } from './runtime.ts';

/** Where a call stands in a template, and the render it belongs to. Host functions get it with every call. */
export interface CallSite {
  /** Project-relative path of the template that holds the call. */
  readonly file: string;
  readonly range: Range;
  readonly runtime: Runtime;
}
