import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { renderNative } from '../jinja/native.ts';
import { JinjaDict } from '../jinja/values/dict.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { Globals } from '../jinja/runtime/scope.ts';
import { list, type JinjaValue } from '../jinja/values/value.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';

/** An argument that is a call of one of these is evaluated though it has no braces (dbt-core: context/providers.py). */
const bareCall = /^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$/s;

/**
 * The arguments of a generic test as values: texts with Jinja are rendered, also within lists and mappings, and
 * `ref('x')` becomes the relation; a column's name stays as it is (dbt-core: clients/jinja.py, add_rendered_test_kwargs).
 */
export function renderTestKwargs(kwargs: PlainMap, globals: Globals, file: string): Outcome<JinjaDict> {
  const diagnostics: Diagnostic[] = [];
  const render = (value: PlainValue): JinjaValue => {
    if (isPlainList(value)) return list(value.map(render));
    if (isPlainMap(value)) return dictOf(value);
    if (typeof value !== 'string') return fromPlain(value);
    const text = bareCall.test(value) ? `{{ ${value} }}` : value;
    const rendered = renderNative(text, file, { globals });
    diagnostics.push(...rendered.diagnostics);
    return rendered.value ?? null;
  };
  const dictOf = (map: PlainMap): JinjaDict =>
    new JinjaDict(Object.entries(map).map(([key, value]) => [key, render(value)]));
  const { column_name: column, ...others } = kwargs;
  const value = dictOf(others);
  if (column !== undefined) value.set('column_name', fromPlain(column));
  return { value, diagnostics };
}
