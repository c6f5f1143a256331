import { startedAtObject } from '../jinja/modules/datetimeObject.ts';
import { dictOf } from '../jinja/values/dict.ts';
import type { JinjaDict } from '../jinja/values/dict.ts';
import { textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import { entryOf, plainMapOf } from '../project/yamlNode.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { builtinPackage } from './builtinMacros.ts';
import { findMacro } from './macroScope.ts';
import type { Manifest, ManifestNode, ModelNode, OperationNode } from './manifest.ts';

/** How much time a batch of a microbatch model holds (dbt-core: artifacts/resources/types.py, BatchSize). */
export const batchSizes = ['hour', 'day', 'month', 'year'] as const;
export type BatchSize = (typeof batchSizes)[number];

/** A span of event time, in milliseconds since 1970 UTC: the start is within it, the end is not. */
export interface Batch {
  readonly start: number;
  readonly end: number;
}

/** The batch that is built of a model, while it is built. */
export interface CurrentBatch extends Batch {
  readonly node: UniqueId;
  readonly size: BatchSize;
}

/** True for an incremental model with the strategy of that name, whether or not it is run in batches. */
export function isMicrobatch(node: ManifestNode | OperationNode): node is ModelNode {
  return (
    node.resourceType === 'model' &&
    textConfig(node.config, 'materialized') === 'incremental' &&
    textConfig(node.config, 'incremental_strategy') === 'microbatch'
  );
}

/**
 * False when a project has its own macro for the strategy: its models are then built whole, as before there were
 * batches, unless a flag of the project asks for batches (dbt-core: contracts/graph/manifest.py, use_microbatch_batches).
 */
export function usesBatches({ macros, project }: Pick<Manifest, 'macros' | 'project'>): boolean {
  const macro = findMacro(macros, 'get_incremental_microbatch_sql', project.config.name);
  return (
    macro === undefined ||
    macro.packageName === builtinPackage ||
    plainMapOf(entryOf(project.config.root, 'flags'))[ownInBatches] === true
  );
}

/** The flag of dbt_project.yml by which a strategy of a project's own is run in batches too. */
const ownInBatches = 'require_batched_execution_for_custom_microbatch_strategy';

/** The size of a model's batches; undefined where its config names none. */
export function batchSizeOf(config: NodeConfig): BatchSize | undefined {
  return batchSizes.find((one) => one === config['batch_size']);
}

/** A moment as dbt writes it into conditions: Python's text of a datetime in UTC. */
export function eventMoment(milliseconds: number): string {
  return startedAtObject(milliseconds).display();
}

/** The condition that holds for what is in a batch (dbt-adapters: base/relation.py, _render_event_time_filtered). */
export function inBatch(column: string, { start, end }: Batch): string {
  return `${column} >= '${eventMoment(start)}' and ${column} < '${eventMoment(end)}'`;
}

/** A batch as lines and names of files have it: `2024-09-17T16`, `2024-09-17`, `2024-09` or `2024`. */
export function batchName(start: number, size: BatchSize): string {
  return new Date(start).toISOString().slice(0, { hour: 13, day: 10, month: 7, year: 4 }[size]);
}

/** `model.batch` in the templates of a batch (dbt-core: contracts/graph/nodes.py, BatchContext). */
export function batchValue({ start, end, size }: CurrentBatch): JinjaDict {
  return dictOf({
    id: batchName(start, size).replaceAll('-', ''),
    event_time_start: startedAtObject(start),
    event_time_end: startedAtObject(end),
  });
}
