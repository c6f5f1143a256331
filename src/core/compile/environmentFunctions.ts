import { failure } from '../jinja/values/jinjaFailure.ts';
import { displayText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import {
  hostFunction,
  isUndefined,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
} from '../jinja/values/value.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { textArgument } from './textArgument.ts';

/** `var(name, default)` and `var.has_var(name)`; `missing` stands for a var that has no value. */
export function varFunction(vars: PlainMap, missing?: JinjaValue): JinjaObject {
  const has = hostFunction('has_var', (args) => Object.hasOwn(vars, textArgument('var.has_var', 'the name', args[0])));
  return {
    kind: 'object',
    typeName: 'var',
    display: () => '<var>',
    getAttr: (name) => (name === 'has_var' ? has : undefined),
    call: (args, kwargs) => {
      const name = textArgument('var', 'the name', args[0] ?? kwargs.get('var_name'));
      if (Object.hasOwn(vars, name)) return fromPlain(vars[name]);
      // `none` is a default like any other.
      const given = args.length > 1 ? args[1] : kwargs.get('default');
      const fallback = given === undefined ? missing : given;
      if (fallback === undefined) throw failure('compile.requiredVar', { name });
      return fallback;
    },
  };
}

/** `env_var(name, default)`. */
export function envVarFunction(environment: CompileEnvironment): JinjaCallable {
  return hostFunction('env_var', (args, kwargs) => {
    const name = textArgument('env_var', 'the name', args[0] ?? kwargs.get('var'));
    const fallback = args[1] ?? kwargs.get('default');
    const value = environment.environmentVariable(name);
    if (value !== undefined) return value;
    if (fallback === undefined || isUndefined(fallback)) throw failure('compile.requiredEnvVar', { name });
    return displayText(fallback);
  });
}
