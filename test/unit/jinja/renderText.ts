import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { dbtGlobals } from '../../../src/core/jinja/library/dbtGlobals.ts';
import { bindMacro, renderTemplate, type RenderOptions } from '../../../src/core/jinja/render.ts';
import { parseTemplate } from '../../../src/core/jinja/template.ts';
import type { JinjaValue } from '../../../src/core/jinja/values/value.ts';

/** Names for a template: dbt's functions, the given values, and the macros of a file. */
export function globalsWith(
  values: Readonly<Record<string, JinjaValue>> = {},
  macros = '',
): ReadonlyMap<string, JinjaValue> {
  const globals = new Map<string, JinjaValue>([...dbtGlobals, ...Object.entries(values)]);
  for (const definition of parseTemplate(macros, 'macros/m.sql').value.definitions) {
    globals.set(definition.name, bindMacro(definition, globals));
  }
  return globals;
}

/** Renders a text as models/m.sql. */
export function renderText(
  text: string,
  options: Partial<RenderOptions> = {},
): { readonly text: string | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = renderTemplate(parseTemplate(text, 'models/m.sql').value, {
    globals: globalsWith(),
    ...options,
  });
  return { text: value.text, diagnostics };
}
