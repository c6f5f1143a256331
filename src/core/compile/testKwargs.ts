import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { renderNative } from '../jinja/native.ts';
import { JinjaDict } from '../jinja/values/dict.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import type { PlainMap } from '../project/plainValue.ts';

/** An argument that is a call of one of these is evaluated though it has no braces (dbt-core: context/providers.py). */
const bareCall = /^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$/s;

/** The arguments of a generic test as values: texts with Jinja are rendered, `ref('x')` becomes the relation. */
export function renderTestKwargs(
  kwargs: PlainMap,
  globals: ReadonlyMap<string, JinjaValue>,
  file: string,
): Outcome<JinjaDict> {
  const diagnostics: Diagnostic[] = [];
  const entries = Object.entries(kwargs).map(([key, value]): readonly [string, JinjaValue] => {
    if (typeof value !== 'string') return [key, fromPlain(value)];
    const text = bareCall.test(value) ? `{{ ${value} }}` : value;
    const rendered = renderNative(text, file, { globals });
    diagnostics.push(...rendered.diagnostics);
    return [key, rendered.value ?? null];
  });
  return { value: new JinjaDict(entries), diagnostics };
}
