import { failure } from '../jinja/values/jinjaFailure.ts';
import { displayText } from '../jinja/values/display.ts';
import { fromPlain, toPlain } from '../jinja/values/plain.ts';
import {
  hostFunction,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
  type Kwargs,
} from '../jinja/values/value.ts';
import { isPlainMap, type PlainMap } from '../project/plainValue.ts';
import type { ModelVersion } from '../project/properties.ts';
import type { Resolver } from './resolver.ts';
import { textArgument } from './textArgument.ts';

/** `ref(model)` and `ref(package, model)`, each with `v=` or `version=` where a version is meant. */
export function refFunction(resolver: Resolver): JinjaCallable {
  return hostFunction('ref', (args, kwargs, site) => {
    const texts = args.map((value, i) => textArgument('ref', `argument ${String(i + 1)}`, value));
    const [first, second] = texts;
    if (first === undefined || texts.length > 2) {
      throw failure('compile.badCall', { detail: 'ref() takes the name of a model, or a package and a name.' });
    }
    const version = versionArgument(kwargs);
    const named = second === undefined ? { name: first, packageName: undefined } : { name: second, packageName: first };
    return resolver.ref({ ...named, version }, site);
  });
}

function versionArgument(kwargs: Kwargs): ModelVersion | undefined {
  const value = kwargs.get('version') ?? kwargs.get('v') ?? null;
  const given = value === null ? null : toPlain(value);
  if (given === null) return undefined;
  if (typeof given === 'string' || typeof given === 'number') return given;
  throw failure('compile.badCall', { detail: 'The version of a ref() is a number or a text.' });
}

/** `source(source, table)`. */
export function sourceFunction(resolver: Resolver): JinjaCallable {
  return hostFunction('source', (args, _kwargs, site) => {
    const [sourceName, name] = args.map((value, i) => textArgument('source', `argument ${String(i + 1)}`, value));
    if (sourceName === undefined || name === undefined || args.length !== 2) {
      throw failure('compile.badCall', { detail: 'source() takes the name of a source and of one of its tables.' });
    }
    return resolver.source({ sourceName, name }, site);
  });
}

/** `config(…)` sets, `config.get` and `config.require` read. */
export function configObject(resolver: Resolver): JinjaObject {
  const get = (name: string, args: readonly JinjaValue[], kwargs: Kwargs): JinjaValue | undefined => {
    const key = textArgument(`config.${name}`, 'the name', args[0]);
    const config = resolver.config();
    // What has no value is there all the same once a node is compiled, and a default does not stand in for it.
    return Object.hasOwn(config, key) ? fromPlain(config[key]) : (args[1] ?? kwargs.get('default'));
  };
  const members: Readonly<Record<string, JinjaValue>> = {
    get: hostFunction('get', (args, kwargs) => get('get', args, kwargs) ?? null),
    require: hostFunction('require', (args, kwargs) => {
      const value = get('require', args, kwargs);
      if (value !== undefined) return value;
      throw failure('compile.badCall', {
        detail: `This needs the config "${displayText(args[0] ?? null)}", which is not set.`,
      });
    }),
    persist_relation_docs: hostFunction('persist_relation_docs', () => false),
    persist_column_docs: hostFunction('persist_column_docs', () => false),
  };
  return {
    kind: 'object',
    typeName: 'config',
    display: () => '<config>',
    getAttr: (name) => (Object.hasOwn(members, name) ? members[name] : undefined),
    call: (args, kwargs, site) => {
      resolver.configure(configValues(args, kwargs), site);
      return '';
    },
  };
}

function configValues(args: readonly JinjaValue[], kwargs: Kwargs): PlainMap {
  const [given] = args;
  const first = given === undefined ? {} : (toPlain(given) as PlainMap);
  if (!isPlainMap(first) || args.length > 1) {
    throw failure('compile.badCall', { detail: 'config() takes name=value pairs, or one mapping.' });
  }
  return {
    ...first,
    ...Object.fromEntries([...kwargs].map(([key, value]) => [key, toPlain(value) as PlainMap[string]])),
  };
}
