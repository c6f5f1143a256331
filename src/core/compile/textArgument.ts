import { failure } from '../jinja/values/jinjaFailure.ts';
import { typeName, type JinjaValue } from '../jinja/values/value.ts';

/** An argument that must be text; fails with what the function wanted and what it was given. */
export function textArgument(called: string, what: string, value: JinjaValue | undefined): string {
  if (typeof value === 'string') return value;
  const given = value === undefined ? 'nothing' : `a value of type ${typeName(value)}`;
  throw failure('compile.badCall', { detail: `${called}() needs a text for ${what}, and was given ${given}.` });
}
