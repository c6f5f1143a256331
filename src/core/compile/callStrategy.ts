import type { Outcome } from '../diagnostics/diagnostic.ts';
import { callMacro } from '../jinja/render.ts';
import { dictOf } from '../jinja/values/dict.ts';
import { displayText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import { list } from '../jinja/values/value.ts';
import { columnObject } from './columnObject.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { completeConfig } from './completeConfig.ts';
import { macroContext } from './macroContext.ts';
import type { MacroDefinition } from './macroScope.ts';
import type { Manifest, ModelNode } from './manifest.ts';
import { nodeValues, withBatch } from './nodeValues.ts';
import { embeddedName, type Relation } from './relation.ts';
import { relationObject } from './relationObject.ts';

/** An incremental strategy of a project, and the new rows that it takes in. */
export interface StrategyCall {
  readonly macro: MacroDefinition;
  /** Where the new rows stand. */
  readonly staged: Relation;
  /** Names of the columns that are taken in. */
  readonly columns: readonly string[];
}

/** The statements that a project's own strategy writes for an incremental model (dbt-adapters: incremental.sql). */
export function callStrategy(
  manifest: Manifest,
  node: ModelNode,
  { macro, staged, columns }: StrategyCall,
  environment: CompileEnvironment,
): Outcome<string | undefined> {
  const { target } = manifest.project;
  const context = macroContext(manifest, { ...node, config: completeConfig(node) }, environment);
  context.later('model', () => withBatch(nodeValues(manifest, node), node, environment.batch));
  const known = environment.existing?.columnsOf(embeddedName(staged, target)) ?? [];
  const taken = columns.map((name) => known.find((one) => one.name === name) ?? { name, dataType: undefined });
  const args = dictOf({
    target_relation: relationObject(node.relation, target, 'table'),
    temp_relation: relationObject(staged, target, 'table'),
    unique_key: fromPlain(node.config['unique_key']),
    dest_columns: list(taken.map((one) => columnObject(one, target.type))),
    incremental_predicates: fromPlain(node.config['predicates'] ?? node.config['incremental_predicates']),
  });
  const origin = { file: macro.file, range: macro.definition.nameRange };
  const called = callMacro(context.macro(macro.packageName, macro.name) ?? null, [args], undefined, origin);
  return { ...called, value: called.value === undefined ? undefined : displayText(called.value) };
}
