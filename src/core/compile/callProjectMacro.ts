import type { Outcome } from '../diagnostics/diagnostic.ts';
import { callMacro } from '../jinja/render.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { macroContext } from './macroContext.ts';
import type { MacroDefinition } from './macroScope.ts';
import type { Manifest } from './manifest.ts';

/** Calls a macro by itself, outside of any node. */
export function callProjectMacro(
  manifest: Manifest,
  macro: MacroDefinition,
  args: PlainMap,
  environment: CompileEnvironment,
): Outcome<JinjaValue | undefined> {
  const caller = { packageName: manifest.project.config.name, config: {}, relation: undefined };
  const context = macroContext(manifest, caller, environment);
  const kwargs = new Map(Object.entries(args).map(([name, value]) => [name, fromPlain(value)]));
  const origin = { file: macro.file, range: macro.definition.nameRange };
  return callMacro(context.macro(macro.packageName, macro.name) ?? null, [], kwargs, origin);
}
