import { dbtGlobals } from '../jinja/library/dbtGlobals.ts';
import { startedAtObject } from '../jinja/modules/datetimeObject.ts';
import { contextModules } from '../jinja/modules/contextModules.ts';
import { renderTemplate } from '../jinja/render.ts';
import { NamedValues } from '../jinja/runtime/namedValues.ts';
import { parseTemplate } from '../jinja/template.ts';
import { JinjaDict } from '../jinja/values/dict.ts';
import { displayText } from '../jinja/values/display.ts';
import { failure } from '../jinja/values/jinjaFailure.ts';
import { isTruthy } from '../jinja/values/iterate.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import { hostFunction, type JinjaCallable, type JinjaObject } from '../jinja/values/value.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { packageNamespace } from '../project/packageName.ts';
import type { Project } from '../project/project.ts';
import type { Target } from '../project/target.ts';
import { adapterObject } from './adapterObject.ts';
import { apiObject } from './apiObject.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { dbtVersion } from './dbtVersion.ts';
import { envVarFunction, varFunction } from './environmentFunctions.ts';
import { flagValues, invocationValues, mainThread } from './invocationValues.ts';
import type { MacroScope } from './macroScope.ts';
import { namespaceObject } from './namespaceObject.ts';
import { configObject, refFunction, sourceFunction } from './nodeFunctions.ts';
import { resultFunctions } from './resultStore.ts';
import type { Relation } from './relation.ts';
import { attributesObject, relationObject } from './relationObject.ts';
import type { Resolver } from './resolver.ts';
import { textArgument } from './textArgument.ts';
import { textFunctions } from './textFunctions.ts';
import { TemplateContext } from './templateContext.ts';

/** What every template of a project may use, whatever node it belongs to. */
export interface ProjectScope {
  readonly project: Pick<Project, 'config' | 'target' | 'vars' | 'rootName'>;
  readonly environment: CompileEnvironment;
}

/** What templates of nodes may use beside that: packages, if only to say that they are not run. */
export interface NodeScope extends ProjectScope {
  readonly project: Pick<Project, 'config' | 'target' | 'vars' | 'rootName' | 'notRun'>;
}

/** The functions that need nothing but their arguments. */
const functionsOfTheirOwn = new NamedValues([...dbtGlobals, ...textFunctions.map((one) => [one.name, one] as const)]);

/** What dbt_project.yml and profiles.yml may use too: `var` (of the command line only, there) and `env_var`. */
export function basicGlobals(environment: CompileEnvironment, vars: PlainMap): NamedValues {
  const values = new NamedValues(
    [
      ['var', varFunction(vars)],
      ['env_var', envVarFunction(environment)],
      ['thread_id', mainThread],
    ],
    functionsOfTheirOwn,
  );
  values.later('modules', () => contextModules(() => environment.startedAt));
  values.computed('run_started_at', () => startedAtObject(environment.startedAt));
  return values;
}

/** What properties files may use; templates of nodes may use more. */
export function projectGlobals({ project, environment }: ProjectScope): NamedValues {
  const { target, vars, rootName } = project;
  const values = new NamedValues(
    [
      ['project_name', rootName],
      ['dbt_version', dbtVersion],
      ...speech(environment).map((one) => [one.name, one] as const),
    ],
    basicGlobals(environment, vars),
  );
  values.later('target', () => fromPlain(targetValues(target)));
  values.later('flags', () => attributesObject('flags', flagValues(environment)));
  values.later('exceptions', () => exceptionsObject(environment));
  values.computed('invocation_id', () => environment.invocationId);
  return values;
}

/** `target`, as templates see it. */
export function targetValues(target: Target): PlainMap {
  return {
    ...target.settings,
    name: target.name,
    profile_name: target.profileName,
    type: target.type,
    schema: target.schema,
    database: target.database,
    threads: target.threads,
  };
}

const shared = new WeakMap<CompileEnvironment, WeakMap<object, NamedValues>>();

/** What is the same for all nodes of a project in one command, made once. */
function sharedGlobals(scope: ProjectScope): NamedValues {
  const known = shared.get(scope.environment) ?? new WeakMap<object, NamedValues>();
  shared.set(scope.environment, known);
  const values = known.get(scope.project) ?? macroGlobals(scope);
  known.set(scope.project, values);
  return values;
}

/** What macros and nodes may use beside what properties files may: of no node in particular. */
function macroGlobals(scope: ProjectScope): NamedValues {
  const { target } = scope.project;
  const base = projectGlobals(scope);
  const values = new NamedValues(
    [
      ['database', target.database],
      ['schema', target.schema],
      ['env', base.get('target') ?? null],
      ['pre_hooks', null],
      ['post_hooks', null],
      ['sql', null],
    ],
    base,
  );
  for (const [name, make] of Object.entries(invocationValues)) values.later(name, () => make(scope.environment));
  return values;
}

/** Everything that a node's template may use, with the project's macros bound to it. */
export function nodeGlobals(
  scope: NodeScope,
  macros: MacroScope,
  resolver: Resolver,
  relation: Relation | undefined,
): TemplateContext {
  const { target, config } = scope.project;
  const globals = new TemplateContext(sharedGlobals(scope), macros, config.name);
  globals.set('execute', resolver.execute);
  const readers = [refFunction(resolver), sourceFunction(resolver)].map((one) => [one.name, one] as const);
  for (const [name, reader] of readers) globals.set(name, reader);
  globals.set('builtins', namespaceObject('builtins', new Map(readers)));
  globals.set('config', configObject(resolver));
  if (relation !== undefined) globals.later('this', () => relationObject(relation, target));
  for (const one of scope.project.notRun.filter(({ kind }) => kind === 'package')) {
    globals.set(packageNamespace(one.name), notRunObject(packageNamespace(one.name)));
  }
  globals.later('adapter', () => adapterObject(target, scope.environment, globals, macros));
  globals.later('api', () => apiObject(target));
  globals.later('context', () => contextObject(globals));
  // Nothing is in it before all nodes are read.
  globals.later('graph', () => new JinjaDict());
  globals.set('render', renderFunction(globals));
  for (const one of resultFunctions()) globals.set(one.name, one);
  return globals;
}

/** `context`: all that a template may use, by name. */
function contextObject(globals: TemplateContext): JinjaObject {
  return {
    ...namespaceObject('context', new Map()),
    isMapping: true,
    getItem: (name) => (typeof name === 'string' ? globals.get(name) : undefined),
    contains: (name) => typeof name === 'string' && globals.get(name) !== undefined,
    getAttr: (name) =>
      name === 'get'
        ? hostFunction('get', ([key, otherwise = null]) =>
            typeof key === 'string' ? (globals.get(key) ?? otherwise) : otherwise,
          )
        : globals.get(name),
  };
}

/** `render(text)`: a text as a template of its own. */
function renderFunction(globals: TemplateContext): JinjaCallable {
  return hostFunction('render', (args, _kwargs, site) => {
    const template = parseTemplate(textArgument('render', 'the text', args[0]), site.file);
    const rendered = renderTemplate(template.value, { globals });
    const [fault] = [...template.diagnostics, ...rendered.diagnostics];
    if (fault !== undefined) throw failure('compile.raised', { detail: fault.message });
    return rendered.value.text ?? '';
  });
}

/** A package whose macros are not there: whatever is asked of it fails by its name. */
function notRunObject(name: string): JinjaObject {
  return {
    ...namespaceObject(name, new Map()),
    getAttr: () => {
      throw failure('compile.packageNotRun', { name });
    },
  };
}

/** `log(text, info)` and `print(text)`. */
function speech({ say }: CompileEnvironment): readonly JinjaCallable[] {
  return [
    hostFunction('log', (args, kwargs) => {
      const isInfo = isTruthy(args[1] ?? kwargs.get('info') ?? false);
      say?.({ kind: isInfo ? 'info' : 'debug', text: displayText(args[0] ?? kwargs.get('msg') ?? null) });
      return '';
    }),
    hostFunction('print', (args, kwargs) => {
      say?.({ kind: 'print', text: displayText(args[0] ?? kwargs.get('msg') ?? null) });
      return '';
    }),
  ];
}

function exceptionsObject({ say, warned }: CompileEnvironment): JinjaObject {
  const raise = hostFunction('raise_compiler_error', (args) => {
    throw failure('compile.raised', { detail: displayText(args[0] ?? null) });
  });
  const warn = hostFunction('warn', (args) => {
    const text = displayText(args[0] ?? null);
    if (warned === 'error') throw failure('compile.raised', { detail: text });
    if (warned !== 'silence') say?.({ kind: 'warn', text });
    return '';
  });
  return namespaceObject(
    'exceptions',
    new Map([
      ['raise_compiler_error', raise],
      ['warn', warn],
    ]),
  );
}
