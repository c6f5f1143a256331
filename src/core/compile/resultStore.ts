import { dictOf } from '../jinja/values/dict.ts';
import { list, tuple, hostFunction, isCompound, type JinjaCallable, type JinjaValue } from '../jinja/values/value.ts';
import { iterate } from '../jinja/values/iterate.ts';
import { textArgument } from './textArgument.ts';

/** `store_result`, `store_raw_result` and `load_result`: what statements gave, by names, within one template. */
export function resultFunctions(): readonly JinjaCallable[] {
  const results = new Map<string, JinjaValue>();
  const keep = (name: string, response: JinjaValue, table: JinjaValue): string => {
    results.set(name, dictOf({ response, data: list(dataOf(table)), table }));
    return '';
  };
  return [
    hostFunction('store_result', (args, kwargs) =>
      keep(
        textArgument('store_result', 'the name', args[0] ?? kwargs.get('name')),
        args[1] ?? kwargs.get('response') ?? null,
        args[2] ?? kwargs.get('agate_table') ?? null,
      ),
    ),
    hostFunction('store_raw_result', (args, kwargs) =>
      keep(
        textArgument('store_raw_result', 'the name', args[0] ?? kwargs.get('name')),
        dictOf({ code: kwargs.get('code') ?? null, rows_affected: kwargs.get('rows_affected') ?? null }),
        kwargs.get('agate_table') ?? null,
      ),
    ),
    hostFunction('load_result', (args) => results.get(textArgument('load_result', 'the name', args[0])) ?? null),
  ];
}

function dataOf(table: JinjaValue): JinjaValue[] {
  if (!isCompound(table) || table.kind !== 'object' || table.iterate === undefined) return [];
  return [...table.iterate()].map((row) => tuple([...iterate(row)]));
}
