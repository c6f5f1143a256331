import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { parseTemplate, type TemplateDefinition } from '../jinja/template.ts';
import type { Project } from '../project/project.ts';
import type { DispatchOrder } from '../project/projectConfig.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import { builtinMacros, builtinPackage } from './builtinMacros.ts';

/** A macro or generic test of the project, of a package or of dbt itself. */
export interface MacroDefinition {
  /** As templates call it; a generic test's has `test_` before it. */
  readonly name: string;
  readonly packageName: string;
  /** From the folder of the project that is run. */
  readonly file: string;
  readonly source: string;
  readonly definition: TemplateDefinition;
}

/** The macros that templates may call. */
export interface MacroScope {
  readonly definitions: readonly MacroDefinition[];
  /** By package and name; dbt's own under `dbt`. */
  readonly packages: ReadonlyMap<string, ReadonlyMap<string, MacroDefinition>>;
  /** Name of the project that is run. */
  readonly rootName: string;
  readonly dispatch: readonly DispatchOrder[];
}

/** Collects the macros of a project and its packages. A file with a fault gives those of its macros that can be read. */
export function collectMacros(root: Project): Outcome<MacroScope> {
  const diagnostics: Diagnostic[] = [];
  const own = [...root.packages, root].flatMap((project) =>
    project.macros.flatMap(({ path, text }) => {
      const parsed = parseTemplate(text, path);
      diagnostics.push(...parsed.diagnostics);
      return macrosOf(parsed.value.definitions, project.config.name, path);
    }),
  );
  const definitions = [...macrosOf(builtinMacros(), builtinPackage, 'macros/builtin.sql'), ...own];
  const packages = new Map<string, Map<string, MacroDefinition>>();
  for (const one of definitions) {
    const named = packages.get(one.packageName) ?? new Map<string, MacroDefinition>();
    packages.set(one.packageName, named.set(one.name, one));
  }
  const { name: rootName, dispatch } = root.config;
  return { value: { definitions, packages, rootName, dispatch }, diagnostics };
}

function macrosOf(
  definitions: readonly TemplateDefinition[],
  packageName: string,
  file: string,
): readonly MacroDefinition[] {
  return definitions
    .filter(({ kind }) => kind === 'macro' || kind === 'test')
    .map((definition) => ({
      name: definition.kind === 'test' ? `test_${definition.name}` : definition.name,
      packageName,
      file,
      source: definition.text,
      definition,
    }));
}

/** dbt's id of a macro. */
export function macroId({ packageName, name }: MacroDefinition): UniqueId {
  return uniqueId('macro', packageName, name);
}

/** The macro of one package and name. */
export function macroOf(scope: MacroScope, packageName: string, name: string): MacroDefinition | undefined {
  return scope.packages.get(packageName)?.get(name);
}

/**
 * The macro that a name without a package means in a template of a package: the package's own, that of the project
 * that is run, or dbt's (dbt-core: context/macros.py, MacroNamespace).
 */
export function findMacro(scope: MacroScope, name: string, packageName: string): MacroDefinition | undefined {
  return (
    macroOf(scope, packageName, name) ?? macroOf(scope, scope.rootName, name) ?? macroOf(scope, builtinPackage, name)
  );
}

/**
 * The packages in which `adapter.dispatch` looks for an implementation, the first first; undefined stands for a name
 * without a package (dbt-core: context/providers.py, _get_search_packages).
 */
export function dispatchPackages(scope: MacroScope, namespace: string | undefined): readonly (string | undefined)[] {
  if (namespace === undefined) return [undefined];
  const given = scope.dispatch.find((one) => one.macroNamespace === namespace)?.searchOrder ?? [];
  if (given.length > 0) return given;
  return scope.packages.has(namespace) ? [scope.rootName, namespace] : [undefined];
}

/** Names under which a macro may be written for an adapter, the most specific first (dbt's `adapter.dispatch`). */
export function dispatchNames(macroName: string, adapterType: string): readonly string[] {
  const families: Readonly<Record<string, readonly string[]>> = {
    redshift: ['redshift', 'postgres'],
    databricks: ['databricks', 'spark'],
  };
  return [...(families[adapterType] ?? [adapterType]), 'default'].map((prefix) => `${prefix}__${macroName}`);
}
