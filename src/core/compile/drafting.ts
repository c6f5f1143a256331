import { textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import type { Recall } from '../project/memo.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { MacroScope } from './macroScope.ts';
import type { TestVerdictRule } from './manifest.ts';
import type { NodeScope } from './nodeGlobals.ts';
import type { RelationNames } from './relationNames.ts';
import { limitOf } from './testLimit.ts';

/** What drafting the nodes of a project, or of one of its packages, needs. */
export interface Drafting {
  readonly project: Project;
  /** The project that is run. */
  readonly root: Project;
  readonly scope: NodeScope;
  readonly macros: MacroScope;
  readonly names: RelationNames;
  /** Recalls what was drafted with the same configuration, target, vars and macros. */
  readonly recall: Recall;
}

/** dbt leaves out what is configured with `enabled: false`. */
export function isEnabled(config: PlainMap): boolean {
  return config['enabled'] !== false;
}

/**
 * A test's config in which `store_failures` and `store_failures_as` say the same; the second goes before the first
 * (core/dbt/artifacts/resources/v1/config.py, TestConfig.finalize_and_validate).
 */
export function testConfig(config: NodeConfig): NodeConfig {
  const limit = limitOf(config['limit']);
  const limited = limit === undefined ? config : { ...config, limit };
  const as = textConfig(config, 'store_failures_as');
  if (as !== undefined) return { ...limited, store_failures: as !== 'ephemeral' };
  const { store_failures: stored } = config;
  return typeof stored === 'boolean' ? { ...limited, store_failures_as: stored ? 'table' : 'ephemeral' } : limited;
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
