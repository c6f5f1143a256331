import type { Location } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';

/** A node's SQL after Jinja, with the ephemeral models that it reads put in front as CTEs. */
export interface CompiledNode {
  readonly code: string;
  /** Where a range of `code` comes from: in the model's own file, or, for what was put in front, in that model's. */
  locate(range: Range): Location;
}
