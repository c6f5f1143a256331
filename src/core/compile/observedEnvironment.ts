import type { Memo } from '../project/memo.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';

/** The environment, of which the memo hears when something is asked that may be another the next time. */
export function observedEnvironment(environment: CompileEnvironment, memo: Memo): CompileEnvironment {
  const observed = <T>(value: T): T => {
    memo.doubt();
    return value;
  };
  return {
    ...environment,
    environmentVariable: (name) => observed(environment.environmentVariable(name)),
    get customVariables() {
      return observed(environment.customVariables ?? {});
    },
    get invocationId() {
      return observed(environment.invocationId);
    },
    get startedAt() {
      return observed(environment.startedAt);
    },
  };
}
