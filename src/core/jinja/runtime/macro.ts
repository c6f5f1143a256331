import { orElse } from '../values/orElse.ts';
import type { Parameter } from '../syntax/syntaxTree.ts';
import { JinjaDict } from '../values/dict.ts';
import { argumentError } from '../values/jinjaFailure.ts';
import { tuple, undefinedValue, type JinjaValue, type Kwargs } from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { MacroNames } from './macroNames.ts';

/** What a macro is called with besides its arguments. */
export interface MacroSignature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Which of `varargs`, `kwargs` and `caller` the body names: only then they are accepted. */
  readonly uses: MacroNames;
}

/**
 * Sets a macro's parameters in its scope as Jinja2 does (runtime.Macro): what is not given is its default, or undefined;
 * more arguments become `varargs` and `kwargs` where the body names them, and are refused elsewhere.
 */
export function bindParameters(
  { name, parameters, uses }: MacroSignature,
  args: readonly JinjaValue[],
  given: Kwargs,
  frame: Frame,
): void {
  const kwargs = new Map(given);
  if (args.length > parameters.length && !uses.varargs) {
    throw argumentError(`macro '${name}' takes not more than ${String(parameters.length)} argument(s)`);
  }
  for (const parameter of parameters.slice(0, args.length)) {
    if (!kwargs.has(parameter.name)) continue;
    throw argumentError(`macro '${name}' got more than one value for argument '${parameter.name}'`);
  }
  const caller = takeCaller(kwargs, parameters, uses);
  for (const [at, parameter] of parameters.entries()) {
    const value = at < args.length ? args[at] : kwargs.get(parameter.name);
    kwargs.delete(parameter.name);
    frame.scope.set(
      parameter.name,
      orElse(value, () => defaultOf(parameter, frame)),
    );
  }
  if (caller !== undefined) frame.scope.set('caller', caller);
  if (uses.varargs) frame.scope.set('varargs', tuple(args.slice(parameters.length)));
  if (uses.kwargs) frame.scope.set('kwargs', new JinjaDict(kwargs));
  else refuseMore(name, kwargs);
}

function takeCaller(
  kwargs: Map<string, JinjaValue>,
  parameters: readonly Parameter[],
  uses: MacroNames,
): JinjaValue | undefined {
  if (!uses.caller || parameters.some((one) => one.name === 'caller')) return undefined;
  const caller = orElse(kwargs.get('caller'), () => undefinedValue('No caller defined', 'caller'));
  kwargs.delete('caller');
  return caller;
}

function defaultOf(parameter: Parameter, frame: Frame): JinjaValue {
  if (parameter.default !== undefined) return evaluate(parameter.default, frame);
  return undefinedValue(`parameter '${parameter.name}' was not provided`, parameter.name);
}

function refuseMore(macro: string, kwargs: ReadonlyMap<string, JinjaValue>): void {
  const [name] = kwargs.keys();
  if (name === undefined) return;
  if (name === 'caller') {
    throw argumentError(
      `macro '${macro}' was invoked with two values for the special caller argument, or does not use caller()`,
    );
  }
  throw argumentError(`macro '${macro}' takes no keyword argument '${name}'`);
}
