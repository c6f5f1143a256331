import { fromPlain } from '../jinja/values/plain.ts';
import { hostFunction, type JinjaValue } from '../jinja/values/value.ts';
import type { PlainMap, PlainValue } from '../project/plainValue.ts';
import type { UnitTestOverrides } from '../project/unitTestProperties.ts';
import { displayText } from '../jinja/values/display.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import type { Manifest } from './manifest.ts';
import type { TemplateContext } from './templateContext.ts';

/** The manifest with a unit test's vars over the project's own. */
export function withVars(manifest: Manifest, overrides: UnitTestOverrides | undefined): Manifest {
  if (overrides === undefined) return manifest;
  const { project } = manifest;
  return { ...manifest, project: { ...project, vars: { ...project.vars, ...overrides.vars } } };
}

/** The environment with a unit test's variables over the host's own. */
export function withVariables(
  environment: CompileEnvironment,
  overrides: UnitTestOverrides | undefined,
): CompileEnvironment {
  if (overrides === undefined) return environment;
  const { envVars } = overrides;
  return {
    ...environment,
    environmentVariable: (name) =>
      Object.hasOwn(envVars, name) ? displayText(fromPlain(envVars[name])) : environment.environmentVariable(name),
  };
}

/**
 * Lets macros give what a unit test says, whatever they are called with; what is overridden and no macro, such as
 * `invocation_id`, is that value (dbt-core: context/providers.py, generate_runtime_unit_test_context).
 */
export function overrideMacros(globals: TemplateContext, macros: PlainMap): void {
  for (const [name, value] of Object.entries(macros)) {
    const [first = name, second] = name.split('.', 2);
    if (second === undefined) {
      const original = globals.get(first);
      if (original !== undefined) globals.override(first, overriding(original, first, value));
      continue;
    }
    const namespace = globals.get(first);
    const original = memberOf(namespace, second);
    if (namespace === undefined || original === undefined) continue;
    globals.override(first, withMember(namespace, second, overriding(original, second, value)));
    if (first === 'dbt') globals.override(second, overriding(original, second, value));
  }
}

function overriding(original: JinjaValue, name: string, value: PlainValue): JinjaValue {
  const given = fromPlain(value);
  const isMacro = typeof original === 'object' && original !== null && original.kind === 'callable';
  return isMacro ? hostFunction(name, () => given) : given;
}

function memberOf(namespace: JinjaValue | undefined, name: string): JinjaValue | undefined {
  return typeof namespace === 'object' && namespace?.kind === 'object' ? namespace.getAttr(name) : undefined;
}

function withMember(namespace: JinjaValue, name: string, member: JinjaValue): JinjaValue {
  if (typeof namespace !== 'object' || namespace?.kind !== 'object') return namespace;
  return { ...namespace, getAttr: (wanted) => (wanted === name ? member : namespace.getAttr(wanted)) };
}
