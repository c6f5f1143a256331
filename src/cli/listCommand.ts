import type { Json } from '../core/artifacts/json.ts';
import { nodeEntry } from '../core/compile/entries/nodeEntry.ts';
import type { Manifest, ManifestNode } from '../core/compile/manifest.ts';
import { toJson } from '../core/jinja/library/json.ts';
import { fromPlain } from '../core/jinja/values/plain.ts';
import { pathInPackage } from '../core/project/project.ts';
import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import { nodeSelector } from '../core/select/nodeSelector.ts';
import type { SelectionRequest } from '../core/select/selectNodes.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { openManifest, warn } from './openProject.ts';
import type { Options } from './options/resolveOptions.ts';
import { UsageError } from './options/usageError.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `ls`: the selected nodes, a line each. */
export async function listCommand(session: Session): Promise<number> {
  const { project, options, console } = session;
  refuseModels(options);
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const selected = project.select(manifest, listSelection(options));
  if (hasErrors(selected.diagnostics)) {
    console.tell(errorEvent(selected.diagnostics));
    return 2;
  }
  console.tell(...warningEvents(selected.diagnostics));
  const nodes = [...selected.value].sort().flatMap((id) => manifest.nodes.get(id) ?? []);
  if (nodes.length === 0) return warn(session, consoleEvent('NoNodesSelected', 'No nodes selected!'));
  for (const node of nodes) {
    const msg = lineOf(manifest, node, options);
    console.answer(consoleEvent('PrintEvent', msg, { msg }));
  }
  return 0;
}

/** Without types dbt lists everything but analyses, and with `--models` models only (core/dbt/task/list.py). */
export function listSelection(options: Options): SelectionRequest {
  const onlyModels = options.list('models').length > 0;
  return selectionOf(options, (type) => (onlyModels ? type === 'model' : type !== 'analysis'));
}

function refuseModels(options: Options): void {
  if (options.list('models').length === 0) return;
  if (options.list('select').length > 0) throw new UsageError('"models" and "select" are mutually exclusive arguments');
  if (options.list('resource-type').length > 0)
    throw new UsageError('"models" and "resource_type" are mutually exclusive arguments');
}

function lineOf(manifest: Manifest, node: ManifestNode, options: Options): string {
  switch (options.value('output')) {
    case 'name':
      return searchName(node);
    case 'path':
      return pathInPackage(manifest.project, node.packageName, node.originalFilePath);
    case 'json':
      return toJson(fromPlain(recordOf(manifest, node, options.list('output-keys'))));
    default:
      return nodeSelector(node);
  }
}

/** dbt's `search_name`: a source's table has its source before it, a version its number behind it. */
function searchName(node: ManifestNode): string {
  if (node.resourceType === 'source') return `${node.sourceName}.${node.name}`;
  const version = node.resourceType === 'model' ? node.version : undefined;
  return version === undefined ? node.name : `${node.name}.v${String(version.v)}`;
}

/** What dbt shows of a node when no keys are named (core/dbt/task/list.py, ALLOWED_KEYS). */
const usualKeys = [
  'name',
  'resource_type',
  'package_name',
  'original_file_path',
  'unique_id',
  'source_name',
  'alias',
  'config',
  'tags',
  'depends_on',
] as const;

function recordOf(manifest: Manifest, node: ManifestNode, keys: readonly string[]): Json {
  const entry = nodeEntry(manifest, node, { compiled: new Map(), seedChecksums: new Map() });
  const wanted: readonly string[] = keys.length > 0 ? keys : usualKeys;
  return Object.fromEntries(
    wanted.flatMap((key): (readonly [string, Json])[] => {
      const value = key.includes('.') ? nested(entry, key.split('.')) : entry[key];
      return value === undefined || (key.includes('.') && value === null) ? [] : [[key, value]];
    }),
  );
}

/** The value at `config.materialized`. */
function nested(entry: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    const isRecord = typeof at === 'object' && at !== null && !Array.isArray(at);
    return isRecord ? (at as Readonly<Record<string, Json>>)[key] : undefined;
  }, entry);
}
