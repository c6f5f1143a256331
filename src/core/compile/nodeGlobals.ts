import { dbtGlobals } from '../jinja/library/dbtGlobals.ts';
import { bindMacro } from '../jinja/render.ts';
import { failure } from '../jinja/values/jinjaFailure.ts';
import { fromPlain, toPlain } from '../jinja/values/plain.ts';
import { displayText } from '../jinja/values/display.ts';
import {
  hostFunction,
  isUndefined,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
  type Kwargs,
} from '../jinja/values/value.ts';
import { isPlainMap, type PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { builtinPackage } from './builtinMacros.ts';
import { dispatchNames, type MacroScope } from './macroScope.ts';
import { quoteIdentifier, type Relation } from './relation.ts';
import { attributesObject, relationObject } from './relationObject.ts';
import type { Resolver } from './resolver.ts';
import { textArgument } from './textArgument.ts';

export type Globals = Map<string, JinjaValue>;

/** What every template of a project may use, whatever node it belongs to. */
export interface ProjectScope {
  readonly project: Pick<Project, 'config' | 'target' | 'vars'>;
  readonly environment: CompileEnvironment;
}

/** What dbt_project.yml and profiles.yml may use too: `var` (of the command line only, there) and `env_var`. */
export function basicGlobals(environment: CompileEnvironment, vars: PlainMap): Globals {
  return new Map<string, JinjaValue>([
    ...dbtGlobals,
    ['var', varFunction(vars)],
    ['env_var', envVarFunction(environment)],
  ]);
}

function projectGlobals({ project, environment }: ProjectScope): Globals {
  const { target, vars, config } = project;
  const targetValues = {
    ...target.settings,
    name: target.name,
    profile_name: target.profileName,
    type: target.type,
    schema: target.schema,
    database: target.database,
    threads: target.threads,
  };
  return new Map<string, JinjaValue>([
    ...basicGlobals(environment, vars),
    ['target', attributesObject('target', targetValues)],
    ['project_name', config.name],
    ['dbt_version', '1.11.14'],
    ['invocation_id', environment.invocationId],
    ['run_started_at', startedAtObject(environment.startedAt)],
    ['log', hostFunction('log', () => '')],
    ['print', hostFunction('print', () => '')],
    ['exceptions', exceptionsObject()],
  ]);
}

/** Everything that a node's template may use, with the project's macros bound to it. */
export function nodeGlobals(
  scope: ProjectScope,
  macros: MacroScope,
  resolver: Resolver,
  relation: Relation | undefined,
): Globals {
  const { target } = scope.project;
  const globals = projectGlobals(scope);
  globals.set('execute', resolver.execute);
  globals.set('ref', refFunction(resolver));
  globals.set('source', sourceFunction(resolver));
  globals.set('config', configObject(resolver));
  globals.set(
    'builtins',
    namespaceObject(
      'builtins',
      new Map([
        ['ref', refFunction(resolver)],
        ['source', sourceFunction(resolver)],
      ]),
    ),
  );
  if (relation !== undefined) globals.set('this', relationObject(relation, target));
  globals.set('adapter', adapterObject(target.type, globals, macros));
  const bound = macros.definitions.map((macro) => ({ macro, value: bindMacro(macro.definition, globals) }));
  for (const { macro, value } of bound) globals.set(macro.name, value);
  for (const name of new Set([builtinPackage, ...macros.definitions.map((macro) => macro.packageName)])) {
    const own = bound.filter(({ macro }) => macro.packageName === name);
    globals.set(name, namespaceObject(name, new Map(own.map(({ macro, value }) => [macro.name, value]))));
  }
  return globals;
}

function namespaceObject(typeName: string, members: ReadonlyMap<string, JinjaValue>): JinjaObject {
  return { kind: 'object', typeName, display: () => `<${typeName}>`, getAttr: (name) => members.get(name) };
}

function refFunction(resolver: Resolver): JinjaCallable {
  return hostFunction('ref', (args, kwargs, site) => {
    const texts = args.map((value, i) => textArgument('ref', `argument ${String(i + 1)}`, value));
    const [first, second] = texts;
    if (first === undefined || texts.length > 2) {
      throw failure('compile.badCall', { detail: 'ref() takes the name of a model, or a package and a name.' });
    }
    if (kwargs.size > 0) throw failure('compile.notOffered', { name: 'ref() with a version' });
    return resolver.ref(
      second === undefined ? { name: first, packageName: undefined } : { name: second, packageName: first },
      site,
    );
  });
}

function sourceFunction(resolver: Resolver): JinjaCallable {
  return hostFunction('source', (args, _kwargs, site) => {
    const [sourceName, name] = args.map((value, i) => textArgument('source', `argument ${String(i + 1)}`, value));
    if (sourceName === undefined || name === undefined || args.length !== 2) {
      throw failure('compile.badCall', { detail: 'source() takes the name of a source and of one of its tables.' });
    }
    return resolver.source({ sourceName, name }, site);
  });
}

/** `config(…)` sets, `config.get` and `config.require` read. */
function configObject(resolver: Resolver): JinjaObject {
  const get = (name: string, args: readonly JinjaValue[], kwargs: Kwargs): JinjaValue | undefined => {
    const key = textArgument(`config.${name}`, 'the name', args[0]);
    const value = resolver.config()[key];
    if (value !== undefined && value !== null) return fromPlain(value);
    return args[1] ?? kwargs.get('default');
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

function varFunction(vars: PlainMap): JinjaObject {
  const has = hostFunction('has_var', (args) => Object.hasOwn(vars, textArgument('var.has_var', 'the name', args[0])));
  return {
    kind: 'object',
    typeName: 'var',
    display: () => '<var>',
    getAttr: (name) => (name === 'has_var' ? has : undefined),
    call: (args, kwargs) => {
      const name = textArgument('var', 'the name', args[0] ?? kwargs.get('var_name'));
      if (Object.hasOwn(vars, name)) return fromPlain(vars[name]);
      const fallback = args[1] ?? kwargs.get('default');
      if (fallback === undefined) throw failure('compile.requiredVar', { name });
      return fallback;
    },
  };
}

function envVarFunction(environment: CompileEnvironment): JinjaCallable {
  return hostFunction('env_var', (args, kwargs) => {
    const name = textArgument('env_var', 'the name', args[0] ?? kwargs.get('var'));
    const fallback = args[1] ?? kwargs.get('default');
    const value = environment.environmentVariable(name);
    if (value !== undefined) return value;
    if (fallback === undefined || isUndefined(fallback)) throw failure('compile.requiredEnvVar', { name });
    return displayText(fallback);
  });
}

function exceptionsObject(): JinjaObject {
  const raise = hostFunction('raise_compiler_error', (args) => {
    throw failure('compile.raised', { detail: displayText(args[0] ?? null) });
  });
  const warn = hostFunction('warn', () => '');
  return namespaceObject(
    'exceptions',
    new Map([
      ['raise_compiler_error', raise],
      ['warn', warn],
    ]),
  );
}

function adapterObject(adapterType: string, globals: ReadonlyMap<string, JinjaValue>, macros: MacroScope): JinjaObject {
  const dispatch = hostFunction('dispatch', (args) => {
    const name = textArgument('adapter.dispatch', 'the macro name', args[0]);
    const found = dispatchNames(name, adapterType).find((one) => macros.byName.has(one));
    const macro = found === undefined ? undefined : globals.get(found);
    if (macro !== undefined) return macro;
    throw failure('compile.badCall', { detail: `adapter.dispatch finds no macro for "${name}".` });
  });
  const quote = hostFunction('quote', (args) => quoteIdentifier(textArgument('adapter.quote', 'the name', args[0])));
  const members = new Map<string, JinjaValue>([
    ['dispatch', dispatch],
    ['quote', quote],
    ['type', hostFunction('type', () => adapterType)],
  ]);
  return {
    ...namespaceObject('adapter', members),
    getAttr: (name) => members.get(name) ?? notOffered(`adapter.${name}`),
  };
}

function notOffered(name: string): JinjaCallable {
  return hostFunction(name, () => {
    throw failure('compile.notOffered', { name: `${name}()` });
  });
}

/** `run_started_at` prints as Python prints a datetime in UTC. */
function startedAtObject(startedAt: number): JinjaObject {
  const iso = new Date(startedAt).toISOString();
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 23)}000+00:00`;
  const members = new Map<string, JinjaValue>([
    ['isoformat', hostFunction('isoformat', () => text.replace(' ', 'T'))],
    ['year', BigInt(iso.slice(0, 4))],
    ['month', BigInt(iso.slice(5, 7))],
    ['day', BigInt(iso.slice(8, 10))],
    ['strftime', hostFunction('strftime', (args) => strftime(iso, textArgument('strftime', 'the format', args[0])))],
  ]);
  return { kind: 'object', typeName: 'datetime', display: () => text, getAttr: (name) => members.get(name) };
}

function strftime(iso: string, format: string): string {
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    '%': '%',
  };
  return format.replace(/%(.)/g, (_, letter: string) => {
    const part = parts[letter];
    if (part === undefined) throw failure('compile.notOffered', { name: `strftime("%${letter}")` });
    return part;
  });
}
