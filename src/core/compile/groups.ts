import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { ManifestNode, ModelNode, OperationNode, RefCall } from './manifest.ts';
import type { Use } from './parseTemplateNode.ts';

/** A group, whose private models only its own may read (dbt-core: artifacts/resources/v1/group.py). */
export interface Group {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly originalFilePath: string;
  readonly description: string;
  readonly owner: PlainMap;
  readonly config: PlainMap;
}

const accesses: readonly string[] = ['private', 'protected', 'public'];

/** Who may read a model: its group, its package, or all. */
export function accessOf({ config }: ModelNode): string {
  return textConfig(config, 'access') ?? 'protected';
}

/** The group of a node; a generic test is of the group of the node that it is written under. */
export function groupOf(
  node: ManifestNode | OperationNode,
  nodes: ReadonlyMap<UniqueId, ManifestNode>,
): string | undefined {
  if (node.resourceType !== 'test' || node.generic === undefined) return textConfig(node.config, 'group');
  const attached = nodes.get(node.generic.attachedNode);
  return attached === undefined ? undefined : textConfig(attached.config, 'group');
}

/** The fault of a node that reads a private model of a group that is not its own (parser/manifest.py, _process_refs). */
export function privateRef(
  reader: ManifestNode,
  read: ManifestNode,
  use: Use<RefCall>,
  nodes: ReadonlyMap<UniqueId, ManifestNode>,
): Diagnostic | undefined {
  if (read.resourceType !== 'model' || accessOf(read) !== 'private') return undefined;
  const [own, group] = [groupOf(reader, nodes), textConfig(read.config, 'group')];
  if (own !== undefined && own === group) return undefined;
  return diagnostic('compile.privateRef', { id: reader.uniqueId, read: read.uniqueId, group: group ?? '' }, use);
}

/** Groups that are not declared, and accesses that cannot be (parser/manifest.py, check_valid_group_config and its like). */
export function groupFaults(nodes: Iterable<ManifestNode>, groups: readonly Group[]): readonly Diagnostic[] {
  const known = groups.map(({ name }) => name).sort();
  const found = [...nodes].flatMap((node): readonly Diagnostic[] => {
    const place = { file: node.originalFilePath, range: node.range };
    // A generic test is of the group of its node, whatever its own config says.
    const isGeneric = node.resourceType === 'test' && node.generic !== undefined;
    const group = node.resourceType === 'source' || isGeneric ? undefined : textConfig(node.config, 'group');
    const unknown =
      group === undefined || known.includes(group)
        ? []
        : [diagnostic('compile.unknownGroup', { name: group, known }, place)];
    if (node.resourceType !== 'model') return unknown;
    const access = accessOf(node);
    const isWrong = !accesses.includes(access) || (access === 'public' && node.materialized === 'ephemeral');
    if (!isWrong) return unknown;
    const materialized = accesses.includes(access) ? node.materialized : '';
    return [...unknown, diagnostic('compile.access', { access, materialized }, place)];
  });
  return [...found, ...sameName(groups)];
}

/** Groups are told apart by their names (contracts/graph/manifest.py, add_group). */
function sameName(groups: readonly Group[]): readonly Diagnostic[] {
  return groups.flatMap(({ uniqueId, name, originalFilePath: file }, at) => {
    const first = groups.slice(0, at).find((one) => one.uniqueId === uniqueId);
    if (first === undefined) return [];
    const params = { kind: 'groups', name, others: [first.originalFilePath] };
    return [diagnostic('compile.duplicateName', params, { file })];
  });
}
