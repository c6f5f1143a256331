import { builtinPackage } from '../compile/builtinMacros.ts';
import { buildGraph, reach } from '../compile/graph.ts';
import { macroDependencies } from '../compile/macroDependencies.ts';
import { macroId } from '../compile/macroScope.ts';
import { isSqlNode, type Manifest, type ManifestNode } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { objectAt, type JsonObject } from './jsonObject.ts';
import { nodeEntry } from '../compile/entries/nodeEntry.ts';
import type { PreviousState } from './previousState.ts';

/** The values of `state:` (dbt-core: core/dbt/graph/selector_methods.py, StateSelectorMethod). */
export const stateSelectors = [
  'new',
  'old',
  'modified',
  'unmodified',
  'modified.body',
  'modified.configs',
  'modified.persisted_descriptions',
  'modified.relation',
  'modified.macros',
  'modified.contract',
] as const;
export type StateSelector = (typeof stateSelectors)[number];

/** The nodes that a value of `state:` names, beside the nodes of another run. */
export function nodesInState(
  manifest: Manifest,
  before: Pick<PreviousState, 'macros'> & { readonly nodes: ReadonlyMap<UniqueId, JsonObject> },
  seedChecksums: ReadonlyMap<UniqueId, string>,
  selector: StateSelector,
): ReadonlySet<UniqueId> {
  const changedMacros = macrosChanged(manifest, before.macros);
  const texts = { compiled: new Map<UniqueId, string>(), seedChecksums };
  const meets = (node: ManifestNode): boolean => {
    const old = before.nodes.get(node.uniqueId);
    const pair = { node, now: nodeEntry(manifest, node, texts), old };
    const byMacro = (): boolean => isSqlNode(node) && node.macroIds.some((id) => changedMacros.has(id));
    switch (selector) {
      case 'new':
        return old === undefined;
      case 'old':
        return old !== undefined;
      case 'modified':
        return isModified(pair) || byMacro();
      case 'unmodified':
        return !isModified(pair) && !byMacro();
      case 'modified.macros':
        return byMacro();
      case 'modified.body':
        return hasBody(node) && !sameIf(pair, sameBody);
      case 'modified.configs':
        return !sameIf(pair, sameConfig);
      case 'modified.persisted_descriptions':
        return isBuilt(node) && !sameIf(pair, samePersisted);
      case 'modified.relation':
        return (isBuilt(node) || node.resourceType === 'source') && !sameIf(pair, sameRelation);
      case 'modified.contract':
        return isBuilt(node) && !sameIf(pair, sameContract);
    }
  };
  return new Set([...manifest.nodes.values()].filter(meets).map(({ uniqueId }) => uniqueId));
}

/** A node as it is and as it was. */
interface Compared {
  readonly node: ManifestNode;
  readonly now: JsonObject;
  readonly old: JsonObject;
}
type MaybeCompared = Omit<Compared, 'old'> & { readonly old: JsonObject | undefined };

function sameIf(pair: MaybeCompared, same: (pair: Compared) => boolean): boolean {
  return pair.old !== undefined && same({ ...pair, old: pair.old });
}

function hasBody({ resourceType: type }: ManifestNode): boolean {
  return type !== 'source' && type !== 'exposure' && type !== 'unit_test';
}

const isBuilt = hasBody;

/**
 * Macros of the project and its packages that are new or of other text, and all that call them, directly or
 * through others; dbt's own are another program's.
 */
function macrosChanged({ macros, project }: Manifest, before: PreviousState['macros']): ReadonlySet<UniqueId> {
  const own = macros.definitions.filter(({ packageName }) => packageName !== builtinPackage);
  const changed = own.filter((macro) => before.get(macroId(macro)) !== macro.source).map(macroId);
  if (changed.length === 0) return new Set();
  const calls = new Map(
    macros.definitions.map((macro) => [macroId(macro), macroDependencies(macros, macro, project.target.type)]),
  );
  return new Set([...changed, ...reach(buildGraph(calls).children, changed)]);
}

function isModified(pair: MaybeCompared): boolean {
  const { node, old } = pair;
  // A source or exposure that was not there counts as the same in dbt, which names it by state:new alone.
  if (old === undefined) return node.resourceType !== 'source' && node.resourceType !== 'exposure';
  const whole: Compared = { ...pair, old };
  switch (node.resourceType) {
    case 'model':
      return !sameBuilt(whole) || !sameKeys(whole, ['latest_version', 'access', 'deprecation_date']);
    case 'snapshot':
    case 'analysis':
    case 'seed':
      return !sameBuilt(whole);
    case 'test':
      return node.generic === undefined ? !sameBuilt(whole) : !sameConfig(whole) || !sameKeys(whole, ['fqn']);
    case 'source': {
      const keys = ['fqn', 'quoting', 'freshness', 'loaded_at_field', 'external'];
      return !sameRelation(whole) || !sameConfig(whole) || !sameKeys(whole, keys);
    }
    case 'exposure': {
      const keys = ['fqn', 'type', 'owner', 'maturity', 'url', 'description', 'label'];
      const reads = (entry: JsonObject): unknown => [...(objectAt(entry, 'depends_on')['nodes'] as string[])].sort();
      return !sameKeys(whole, keys) || !isSame(reads(whole.now), reads(whole.old)) || !sameConfig(whole);
    }
    case 'unit_test':
      return !sameKeys(whole, ['checksum']);
  }
}

function sameBuilt(pair: Compared): boolean {
  return (
    sameBody(pair) &&
    sameConfig(pair) &&
    samePersisted(pair) &&
    sameKeys(pair, ['fqn']) &&
    sameRelation(pair) &&
    sameContract(pair)
  );
}

function sameBody(pair: Compared): boolean {
  return sameKeys(pair, [pair.node.resourceType === 'seed' ? 'checksum' : 'raw_code']);
}

/** Configs that place a node or name it, which dbt does not compare (artifacts/resources/v1/config.py). */
const notCompared = ['alias', 'schema', 'database', 'tags', 'group'];

/** The configs of a test that change its verdict; dbt compares no others. */
const verdictConfigs = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
];

function sameConfig({ node, now, old }: Compared): boolean {
  const [mine, other] = [objectAt(now, 'unrendered_config'), objectAt(old, 'unrendered_config')];
  const isPlaced = isBuilt(node);
  const keys =
    node.resourceType === 'test'
      ? verdictConfigs
      : [...new Set([...Object.keys(mine), ...Object.keys(other)])].filter(
          (key) => !isPlaced || !notCompared.includes(key),
        );
  return keys.every((key) => isSame(mine[key], other[key]));
}

function samePersisted({ node, now, old }: Compared): boolean {
  const persist = objectAt(objectAt(now, 'config'), 'persist_docs');
  if (node.resourceType === 'test') return true;
  const texts = (entry: JsonObject): unknown =>
    Object.fromEntries(
      Object.entries(objectAt(entry, 'columns')).map(([name, column]) => [name, (column as JsonObject)['description']]),
    );
  const sameNode = persist['relation'] !== true || now['description'] === old['description'];
  return sameNode && (persist['columns'] !== true || isSame(texts(now), texts(old)));
}

function sameRelation(pair: Compared): boolean {
  if (pair.node.resourceType === 'source') return sameKeys(pair, ['database', 'schema', 'identifier']);
  const configs = [objectAt(pair.now, 'unrendered_config'), objectAt(pair.old, 'unrendered_config')] as const;
  return ['database', 'schema', 'alias'].every((key) => isSame(configs[0][key], configs[1][key]));
}

/** A contract that is enforced, or was, must have the same columns and constraints. */
function sameContract({ now, old }: Compared): boolean {
  const [mine, other] = [objectAt(now, 'contract'), objectAt(old, 'contract')];
  if (mine['enforced'] !== true && other['enforced'] !== true) return true;
  return mine['enforced'] === true && other['enforced'] === true && mine['checksum'] === other['checksum'];
}

function sameKeys({ now, old }: Compared, keys: readonly string[]): boolean {
  return keys.every((key) => isSame(now[key], old[key]));
}

/** Equality of JSON values; a key that is missing is the same as one that is null. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return (a ?? null) === (b ?? null);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as JsonObject, b as JsonObject];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isSame(left[key], right[key]));
}
