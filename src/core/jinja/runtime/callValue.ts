import { undefinedFailure } from '../values/undefinedFailure.ts';
import { typeError } from '../values/jinjaFailure.ts';
import { isCompound, typeName, type JinjaValue, type Kwargs } from '../values/value.ts';
import type { CallSite } from './callSite.ts';

/** Calls any value that can be called: a macro, a method, a host function. Throws `JinjaFailure`. */
export function callValue(callee: JinjaValue, args: readonly JinjaValue[], kwargs: Kwargs, site: CallSite): JinjaValue {
  if (isCompound(callee)) {
    if (callee.kind === 'callable') return callee.call(args, kwargs, site);
    if (callee.kind === 'object' && callee.call !== undefined) return callee.call(args, kwargs, site);
    if (callee.kind === 'undefined') {
      if (callee.lenient === true) return callee;
      throw undefinedFailure(callee);
    }
  }
  throw typeError(`'${typeName(callee)}' object is not callable: remove the parentheses, or check the name`);
}
