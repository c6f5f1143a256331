import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { parseTemplate, type TemplateDefinition } from '../jinja/template.ts';
import type { Project } from '../project/project.ts';
import { builtinMacros, builtinPackage } from './builtinMacros.ts';

/** A macro or generic test of the project or of dbt itself. */
export interface MacroDefinition {
  /** As templates call it; a generic test's has `test_` before it. */
  readonly name: string;
  readonly packageName: string;
  readonly file: string;
  readonly source: string;
  readonly definition: TemplateDefinition;
}

/** The macros that templates may call, by name; the project's own stand before dbt's. */
export interface MacroScope {
  readonly definitions: readonly MacroDefinition[];
  readonly byName: ReadonlyMap<string, MacroDefinition>;
}

/** Collects the macros of a project. A file with a fault gives those of its macros that can be read. */
export function collectMacros(project: Project): Outcome<MacroScope> {
  const diagnostics: Diagnostic[] = [];
  const own = project.macros.flatMap(({ path, text }) => {
    const parsed = parseTemplate(text, path);
    diagnostics.push(...parsed.diagnostics);
    return macrosOf(parsed.value.definitions, project.config.name, path);
  });
  const builtin = macrosOf(builtinMacros(), builtinPackage, 'macros/builtin.sql');
  const definitions = [...builtin, ...own];
  return { value: { definitions, byName: new Map(definitions.map((one) => [one.name, one])) }, diagnostics };
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

/** Names under which a macro may be written for an adapter, the most specific first (dbt's `adapter.dispatch`). */
export function dispatchNames(macroName: string, adapterType: string): readonly string[] {
  const families: Readonly<Record<string, readonly string[]>> = {
    redshift: ['redshift', 'postgres'],
    databricks: ['databricks', 'spark'],
  };
  return [...(families[adapterType] ?? [adapterType]), 'default'].map((prefix) => `${prefix}__${macroName}`);
}
