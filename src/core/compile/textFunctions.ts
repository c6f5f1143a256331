import { Arguments } from '../jinja/library/arguments.ts';
import { callValue } from '../jinja/runtime/callValue.ts';
import { JinjaDict } from '../jinja/values/dict.ts';
import { displayText } from '../jinja/values/display.ts';
import { iterate } from '../jinja/values/iterate.ts';
import { failure, JinjaFailure, typeError } from '../jinja/values/jinjaFailure.ts';
import { fromPlain, toPlain } from '../jinja/values/plain.ts';
import { hostFunction, isCompound, list, type JinjaCallable, type JinjaValue } from '../jinja/values/value.ts';
import type { PlainValue } from '../project/plainValue.ts';
import { yamlText } from '../project/yamlText.ts';
import { parseYaml, plainOf } from '../project/yamlNode.ts';
import { md5 } from './md5.ts';
import { textArgument } from './textArgument.ts';

/** Functions of dbt's context that look at nothing but their arguments (dbt-core: context/base.py). */
export const textFunctions: readonly JinjaCallable[] = [
  hostFunction('local_md5', (args, kwargs) =>
    md5(textArgument('local_md5', 'the text', args[0] ?? kwargs.get('value'))),
  ),
  hostFunction('fromyaml', (args, kwargs) => {
    const { value, diagnostics } = parseYaml(textArgument('fromyaml', 'the text', args[0] ?? kwargs.get('value')), '');
    if (diagnostics.length > 0) return args[1] ?? kwargs.get('default') ?? null;
    return fromPlain(plainOf(value));
  }),
  hostFunction('toyaml', (args, kwargs) => {
    const given = new Arguments('toyaml', ['value', 'default', 'sort_keys'], { args, kwargs });
    return yamlText(toPlain(given.required('value')) as PlainValue, given.flag('sort_keys'));
  }),
  hostFunction('try_or_compiler_error', ([message = null, work = null, ...args], kwargs, site) => {
    try {
      return callValue(work, args, kwargs, site);
    } catch (error) {
      if (error instanceof JinjaFailure) throw failure('compile.raised', { detail: displayText(message) });
      throw error;
    }
  }),
  hostFunction('diff_of_two_dicts', ([first = null, second = null]) => {
    const theirs = new Map(listsIn(second).map(([key, values]) => [key.toLowerCase(), new Set(values.map(lowerCase))]));
    const left = listsIn(first).map(([key, values]) => {
      const gone = theirs.get(key.toLowerCase());
      return [key, list(values.filter((value) => gone?.has(lowerCase(value)) !== true))] as const;
    });
    return new JinjaDict(left.filter(([, { items }]) => items.length > 0));
  }),
];

const lowerCase = (value: JinjaValue): string => displayText(value).toLowerCase();

function listsIn(value: JinjaValue): readonly (readonly [string, readonly JinjaValue[]])[] {
  if (!isCompound(value) || value.kind !== 'dict') throw typeError('diff_of_two_dicts() needs two dicts of lists');
  return [...value.entries()].map(([key, items]) => [displayText(key), [...iterate(items)]]);
}
