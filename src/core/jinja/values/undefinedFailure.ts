import { failure, type JinjaFailure } from './jinjaFailure.ts';
import type { JinjaUndefined } from './value.ts';

/** The failure of using an undefined value for anything but printing and iterating. */
export function undefinedFailure(value: JinjaUndefined): JinjaFailure {
  if (value.unsafe !== undefined) return failure('jinja.unsafeAttribute', value.unsafe);
  if (value.isName === true && value.name !== undefined) return failure('jinja.undefinedName', { name: value.name });
  return failure('jinja.undefinedValue', { detail: value.hint });
}
