import { textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import { diagnostic, type Diagnostic, type Location } from '../diagnostics/diagnostic.ts';
import { isPlainList, type PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { MacroScope } from './macroScope.ts';
import type { TestVerdictRule } from './manifest.ts';
import type { NodeScope } from './nodeGlobals.ts';
import type { RelationNames } from './relationNames.ts';

/** What drafting the nodes of a project, or of one of its packages, needs. */
export interface Drafting {
  readonly project: Project;
  /** The project that is run. */
  readonly root: Project;
  readonly scope: NodeScope;
  readonly macros: MacroScope;
  readonly names: RelationNames;
}

/** dbt leaves out what is configured with `enabled: false`. */
export function isEnabled(config: PlainMap): boolean {
  return config['enabled'] !== false;
}

/** Says that a node's hooks are not run. */
export function hookWarnings(config: NodeConfig, place: Location): readonly Diagnostic[] {
  const names = ['pre-hook', 'post-hook'].filter((name) => {
    const hooks = config[name];
    return hooks !== undefined && hooks !== null && hooks !== '' && !(isPlainList(hooks) && hooks.length === 0);
  });
  return names.length === 0 ? [] : [diagnostic('compile.hookNotRun', { names }, place)];
}

/** A test's rule with dbt's defaults (core/dbt/artifacts/resources/v1/config.py, TestConfig). */
export function verdictRule(config: NodeConfig): TestVerdictRule {
  const limit = config['limit'];
  return {
    severity: textConfig(config, 'severity')?.toLowerCase() === 'warn' ? 'warn' : 'error',
    warnIf: textConfig(config, 'warn_if') ?? '!= 0',
    errorIf: textConfig(config, 'error_if') ?? '!= 0',
    failCalc: textConfig(config, 'fail_calc') ?? 'count(*)',
    limit: typeof limit === 'number' ? limit : undefined,
  };
}
