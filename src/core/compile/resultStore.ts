import { dictOf } from '../jinja/values/dict.ts';
import { displayText } from '../jinja/values/display.ts';
import {
  list,
  tuple,
  hostFunction,
  isCompound,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
  type Kwargs,
} from '../jinja/values/value.ts';
import { iterate } from '../jinja/values/iterate.ts';
import { textArgument } from './textArgument.ts';

/** `store_result`, `store_raw_result` and `load_result`: what statements gave, by names, within one template. */
export function resultFunctions(): readonly JinjaCallable[] {
  const results = new Map<string, JinjaValue>();
  const keep = (name: string, response: JinjaValue, table: JinjaValue): string => {
    results.set(name, resultObject(response, table));
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
        rawResponse(args, kwargs),
        args[4] ?? kwargs.get('agate_table') ?? null,
      ),
    ),
    hostFunction('load_result', (args) => results.get(textArgument('load_result', 'the name', args[0])) ?? null),
  ];
}

/** An answer that no statement gave: it prints as its message (dbt-adapters: contracts/connection.py, AdapterResponse). */
function rawResponse(args: readonly JinjaValue[], kwargs: Kwargs): JinjaValue {
  const values = {
    code: args[2] ?? kwargs.get('code') ?? null,
    rows_affected: args[3] ?? kwargs.get('rows_affected') ?? null,
  };
  const message = displayText(args[1] ?? kwargs.get('message') ?? null);
  return {
    kind: 'object',
    typeName: 'AdapterResponse',
    display: () => message,
    getAttr: (name) => (name === 'code' || name === 'rows_affected' ? values[name] : undefined),
  };
}

/** A result as a mapping, whose rows are read when they are asked for. */
function resultObject(response: JinjaValue, table: JinjaValue): JinjaObject {
  const read = (name: string): JinjaValue | undefined => {
    if (name === 'data') return list(dataOf(table));
    return name === 'response' ? response : name === 'table' ? table : undefined;
  };
  const names = ['response', 'data', 'table'];
  return {
    kind: 'object',
    typeName: 'ResultTable',
    isMapping: true,
    display: () => displayText(dictOf(Object.fromEntries(names.map((name) => [name, read(name) ?? null])))),
    getAttr: (name) =>
      name === 'get'
        ? hostFunction(
            'get',
            ([key, otherwise = null]) => (typeof key === 'string' ? read(key) : undefined) ?? otherwise,
          )
        : read(name),
    getItem: (key) => (typeof key === 'string' ? read(key) : undefined),
    contains: (key) => typeof key === 'string' && names.includes(key),
    iterate: () => names,
    length: () => names.length,
  };
}

function dataOf(table: JinjaValue): JinjaValue[] {
  if (!isCompound(table) || table.kind !== 'object' || table.iterate === undefined) return [];
  return [...table.iterate()].map((row) => tuple([...iterate(row)]));
}
