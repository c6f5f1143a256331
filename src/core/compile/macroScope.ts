import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { builtinFile } from '../jinja/syntax/sourceText.ts';
import { parseTemplate, type TemplateDefinition } from '../jinja/template.ts';
import type { Project } from '../project/project.ts';
import type { DispatchOrder } from '../project/projectConfig.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import { builtinMacros, builtinPackage } from './builtinMacros.ts';

/** A macro, generic test or materialization of the project, of a package or of dbt itself. */
export interface MacroDefinition {
  /** As templates call it; a generic test's has `test_` before it, a materialization's its adapter behind it. */
  readonly name: string;
  readonly packageName: string;
  /** From the folder of the project that is run. */
  readonly file: string;
  readonly source: string;
  readonly definition: TemplateDefinition;
  /** Of a materialization: the languages that it is for. */
  readonly languages?: readonly string[];
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
  const definitions = [...macrosOf(builtinMacros(), builtinPackage, builtinFile), ...own];
  const packages = new Map<string, Map<string, MacroDefinition>>();
  for (const one of definitions) {
    const named = packages.get(one.packageName) ?? new Map<string, MacroDefinition>();
    const first = named.get(one.name);
    if (first !== undefined) diagnostics.push(duplicateMacro(one, first));
    packages.set(one.packageName, named.set(one.name, one));
  }
  const { name: rootName, dispatch } = root.config;
  return { value: { definitions, packages, rootName, dispatch }, diagnostics };
}

/** dbt takes one macro of a name from a project (contracts/graph/manifest.py, add_macro). */
function duplicateMacro({ name, file, definition }: MacroDefinition, first: MacroDefinition): Diagnostic {
  return diagnostic('compile.duplicateMacro', { name, other: first.file }, { file, range: definition.nameRange });
}

function macrosOf(
  definitions: readonly TemplateDefinition[],
  packageName: string,
  file: string,
): readonly MacroDefinition[] {
  return definitions
    .filter(({ kind }) => kind === 'macro' || kind === 'test' || kind === 'materialization')
    .map((definition) => ({
      name: macroName(definition),
      packageName,
      file,
      source: definition.text,
      definition,
      ...(definition.kind === 'materialization' && { languages: languagesOf(definition) }),
    }));
}

/** The languages that a materialization names; SQL when it names none. */
function languagesOf({ node }: TemplateDefinition): readonly string[] {
  const { supportedLanguages: named } = node;
  if (named?.kind !== 'list') return ['sql'];
  return named.items.flatMap((one) => (one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : []));
}

/** The names that dbt gives to blocks (dbt-core: core/dbt/clients/jinja.py). */
function macroName({ kind, name, adapter }: TemplateDefinition): string {
  if (kind === 'test') return `test_${name}`;
  return kind === 'materialization' ? materializationName(name, adapter ?? 'default') : name;
}

/** The name of the macro that builds a materialization on an adapter, or on all by `default`. */
export function materializationName(name: string, adapter: string): string {
  return `materialization_${name}_${adapter}`;
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

/** Adapters that take over what is written for another one. */
const adapterFamilies: Readonly<Record<string, readonly string[]>> = {
  redshift: ['redshift', 'postgres'],
  databricks: ['databricks', 'spark'],
};

/** The adapters that something may be written for to hold on an adapter, the most specific first. */
export function adapterFamily(adapterType: string): readonly string[] {
  return [...(adapterFamilies[adapterType] ?? [adapterType]), 'default'];
}

/** Names under which a macro may be written for an adapter, the most specific first (dbt's `adapter.dispatch`). */
export function dispatchNames(macroName: string, adapterType: string): readonly string[] {
  return adapterFamily(adapterType).map((prefix) => `${prefix}__${macroName}`);
}
