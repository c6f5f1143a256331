import { findMacro, macroOf, type MacroDefinition, type MacroScope } from './macroScope.ts';
import { isSqlNode, type Manifest, type ManifestNode } from './manifest.ts';

/** Jinja's expressions and statements, in which macros are called. */
const jinja = /\{\{[^]*?\}\}|\{%[^]*?%\}/g;
/** A name before a bracket, or with a package's before it; `dispatch` takes a macro's name as a text. */
const call = /(?:\b([A-Za-z_]\w*)\s*\.\s*)?\b([A-Za-z_]\w*)\s*\(|dispatch\(\s*['"](\w+)['"]/g;

/**
 * Ids of the macros that a node's text calls, directly or through others, as far as they are written out
 * (dbt-core: clients/jinja_static.py, statically_extract_macro_calls).
 */
export function calledMacros({ macros }: Manifest, node: ManifestNode): readonly string[] {
  const found = new Map<string, MacroDefinition>();
  const visit = (text: string, packageName: string): void => {
    for (const macro of callsIn(text, packageName, macros)) {
      const id = `macro.${macro.packageName}.${macro.name}`;
      if (found.has(id)) continue;
      found.set(id, macro);
      visit(macro.source, macro.packageName);
    }
  };
  if (isSqlNode(node)) visit(node.rawCode, node.packageName);
  return [...found.keys()];
}

function callsIn(text: string, packageName: string, scope: MacroScope): readonly MacroDefinition[] {
  const parts = [...text.matchAll(jinja)].map(([part]) => part);
  return parts.flatMap((part) =>
    [...part.matchAll(call)].flatMap(([, namespace, name, dispatched]) => {
      if (dispatched !== undefined) return dispatchedTo(dispatched, packageName, scope);
      if (name === undefined) return [];
      return (namespace === undefined ? findMacro(scope, name, packageName) : macroOf(scope, namespace, name)) ?? [];
    }),
  );
}

/** Any macro that a dispatched name may come to. */
function dispatchedTo(name: string, packageName: string, scope: MacroScope): readonly MacroDefinition[] {
  return scope.definitions.filter((macro) => macro.name.endsWith(`__${name}`) || isOwn(macro, packageName, name));
}

function isOwn(macro: MacroDefinition, packageName: string, name: string): boolean {
  return macro.packageName === packageName && macro.name === name;
}
