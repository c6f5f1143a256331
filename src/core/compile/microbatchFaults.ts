import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PlainValue } from '../project/plainValue.ts';
import { batchSizes, isMicrobatch, usesBatches } from './batch.ts';
import { eventMomentOf } from './eventMomentOf.ts';
import type { Manifest, ManifestNode, ModelNode } from './manifest.ts';

/** Adapters that run batches side by side (their Capability.MicrobatchConcurrency); Databricks' does behind a flag only. */
const concurrent: readonly string[] = ['bigquery', 'duckdb', 'snowflake'];

/**
 * What is wrong with the configs of microbatch models (dbt-core: parser/manifest.py, check_valid_microbatch_config and
 * the checks behind it). Nothing is where a project has its own macro for them and does not run it in batches.
 */
export function microbatchFaults(
  nodes: readonly ManifestNode[],
  manifest: Pick<Manifest, 'macros' | 'project'>,
): readonly Diagnostic[] {
  const models = nodes.filter(isMicrobatch);
  if (models.length === 0 || !usesBatches(manifest)) return [];
  const byId = new Map(nodes.map((node) => [node.uniqueId, node]));
  const faults = models.flatMap((model): Diagnostic[] => {
    const place = { file: model.originalFilePath, range: model.range };
    const detail = wrongConfig(model);
    if (detail !== undefined) return [diagnostic('compile.microbatchConfig', { detail }, place)];
    const inputs = model.dependsOn.map((id) => byId.get(id));
    const isFiltered = inputs.some((one) => one !== undefined && 'config' in one && Boolean(one.config['event_time']));
    return isFiltered ? [] : [diagnostic('compile.microbatchUnfiltered', { name: model.name }, place)];
  });
  const { type: adapter } = manifest.project.target;
  const forced = nodes.filter((one) => 'config' in one && one.config['concurrent_batches'] === true);
  const [first] = forced;
  if (first === undefined || concurrent.includes(adapter)) return faults;
  const place = { file: first.originalFilePath, range: first.range };
  return [...faults, diagnostic('compile.batchesNotConcurrent', { models: forced.length, adapter }, place)];
}

function wrongConfig({ name, config }: ModelNode): string | undefined {
  const { event_time: eventTime, begin, batch_size: size, lookback, concurrent_batches: isConcurrent } = config;
  const model = `Microbatch model '${name}'`;
  if (isNone(eventTime))
    return `${model} must provide an 'event_time' (string) config that indicates the name of the event time column.`;
  if (typeof eventTime !== 'string')
    return `${model} must provide an 'event_time' config of type string, but got: ${classOf(eventTime)}.`;
  if (isNone(begin))
    return `${model} must provide a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from.`;
  if (typeof begin === 'string' && eventMomentOf(begin) === undefined)
    return `${model} must provide a 'begin' config of valid datetime (ISO format), but got: ${begin}.`;
  if (typeof begin !== 'string')
    return `${model} must provide a 'begin' config of type datetime, but got: ${classOf(begin)}.`;
  if (!batchSizes.some((one) => one === size)) {
    const known = batchSizes.map((one) => `'${one}'`).join(', ');
    return `${model} must provide a 'batch_size' config that is one of [${known}], but got: ${isNone(size) ? 'None' : typeof size === 'string' ? size : JSON.stringify(size)}.`;
  }
  if (
    !isNone(lookback) &&
    !(typeof lookback === 'number' && Number.isInteger(lookback)) &&
    typeof lookback !== 'boolean'
  )
    return `${model} must provide the optional 'lookback' config as type int, but got: ${classOf(lookback)}).`;
  if (!isNone(isConcurrent) && typeof isConcurrent !== 'boolean')
    return `${model} optional 'concurrent_batches' config must be of type \`bool\` if specified, but got: ${classOf(isConcurrent)}).`;
  return undefined;
}

function isNone(value: PlainValue | undefined): value is null | undefined {
  return value === null || value === undefined;
}

/** Python's word for the class of a value. */
function classOf(value: PlainValue): string {
  const name = Array.isArray(value)
    ? 'list'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'int'
          : 'float'
        : typeof value === 'string'
          ? 'str'
          : 'dict';
  return `<class '${name}'>`;
}
