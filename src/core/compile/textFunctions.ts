import { fromPlain } from '../jinja/values/plain.ts';
import { hostFunction, type JinjaCallable } from '../jinja/values/value.ts';
import { parseYaml, plainOf } from '../project/yamlNode.ts';
import { md5 } from './md5.ts';
import { textArgument } from './textArgument.ts';

/** `local_md5(text)` and `fromyaml(text, default)` (dbt-core: context/base.py). */
export const textFunctions: readonly JinjaCallable[] = [
  hostFunction('local_md5', (args, kwargs) =>
    md5(textArgument('local_md5', 'the text', args[0] ?? kwargs.get('value'))),
  ),
  hostFunction('fromyaml', (args, kwargs) => {
    const { value, diagnostics } = parseYaml(textArgument('fromyaml', 'the text', args[0] ?? kwargs.get('value')), '');
    if (diagnostics.length > 0) return args[1] ?? kwargs.get('default') ?? null;
    return fromPlain(plainOf(value));
  }),
];
