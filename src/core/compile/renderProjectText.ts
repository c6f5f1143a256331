import type { CompileEnvironment } from './compileEnvironment.ts';
import { basicGlobals, projectGlobals, targetValues, type ProjectScope } from './nodeGlobals.ts';
import { renderNative } from '../jinja/native.ts';
import { NamedValues } from '../jinja/runtime/namedValues.ts';
import type { Globals } from '../jinja/runtime/scope.ts';
import { fromPlain, toPlain } from '../jinja/values/plain.ts';
import type { RenderProject } from '../project/loadProject.ts';
import type { PlainMap, PlainValue } from '../project/plainValue.ts';
import type { RenderText } from '../project/renderYaml.ts';

/**
 * Renders the Jinja in profiles.yml, where only `var` of the command line and `env_var` exist, and in dbt_project.yml,
 * which knows the target too (dbt-core: config/renderer.py, DbtProjectYamlRenderer).
 */
export function renderProjectText(environment: CompileEnvironment, vars: PlainMap): RenderProject {
  const globals = basicGlobals(environment, vars);
  return (file, target) => {
    if (target === undefined) return renderWith(globals)(file);
    return renderWith(new NamedValues([['target', fromPlain(targetValues(target))]], globals))(file);
  };
}

/** Renders the Jinja in properties files, which know the target and the project's vars. */
export function renderPropertiesText(
  environment: CompileEnvironment,
): (project: ProjectScope['project']) => (file: string) => RenderText {
  return (project) => renderWith(projectGlobals({ project, environment }));
}

function renderWith(globals: Globals): (file: string) => RenderText {
  return (file) => (text, range) => {
    const { value, diagnostics } = renderNative(text, file, { globals });
    const placed = diagnostics.map((one) => ({ ...one, file, range }));
    return { value: value === undefined ? null : (toPlain(value) as PlainValue), diagnostics: placed };
  };
}
