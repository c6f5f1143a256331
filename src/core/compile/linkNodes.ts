import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import type { Memo } from '../project/memo.ts';
import type { NotRun } from '../project/notRun.ts';
import type { ModelVersion } from '../project/properties.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { privateRef } from './groups.ts';
import type { Manifest, ManifestNode, ModelNode, RefCall, SeedNode, SnapshotNode, SourceCall } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { faceOf } from './nodeFace.ts';
import type { Use } from './parseTemplateNode.ts';

/** What a ref may name without there being a node for it. */
interface Unlinked {
  readonly disabled: readonly ManifestNode[];
  readonly notRun: readonly NotRun[];
}

/** What linking needs beside the drafts. */
export interface Linking extends Unlinked {
  readonly rootName: string;
  /** What is the same and was linked before, when all others looked the same, is taken from here. */
  readonly memo: Memo;
}

/** What linking gave. */
export interface Linked {
  readonly nodes: readonly ManifestNode[];
  /** Tests that read what is not there: dbt disables them and goes on (parser/manifest.py, invalid_target_fail_unless_test). */
  readonly unlinked: readonly ManifestNode[];
  /** What each draft reads, as a text to compare. */
  readonly edges: readonly string[];
}

/** A draft with its refs and sources resolved. */
interface LinkedDraft {
  readonly node: ManifestNode;
  readonly isUnlinked: boolean;
  /** The ids that it reads, as a text to compare. */
  readonly edges: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Resolves every ref and source to the id of a node; what cannot be resolved is a fault at the call. */
export function linkNodes(drafts: readonly NodeDraft[], { rootName, memo, ...missing }: Linking): Outcome<Linked> {
  const recall = memo.within('links', [rootName, ...drafts.map(faceOf)]);
  const linker = recall(
    'linker',
    [],
    () =>
      new Linker(
        drafts.map((draft) => draft.node),
        rootName,
      ),
  );
  const nodes: ManifestNode[] = [];
  const unlinked: ManifestNode[] = [];
  const edges: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const draft of drafts) {
    const linked = recall(draft.node.uniqueId, [draft], () => {
      const result = linker.link(draft, missing);
      if (result.isUnlinked || result.diagnostics.length > 0) memo.doubt();
      return result;
    });
    (linked.isUnlinked ? unlinked : nodes).push(linked.node);
    edges.push(linked.edges);
    diagnostics.push(...linked.diagnostics);
  }
  return { value: { nodes, unlinked, edges }, diagnostics };
}

/** Finds what drafts read, for as long as all drafts have the same face. */
class Linker {
  readonly #lookup: NodeLookup;
  readonly #nodes: ReadonlyMap<UniqueId, ManifestNode>;

  constructor(nodes: readonly ManifestNode[], rootName: string) {
    this.#lookup = new NodeLookup(nodes, rootName);
    this.#nodes = new Map(nodes.map((node) => [node.uniqueId, node]));
  }

  link(draft: NodeDraft, missing: Unlinked): LinkedDraft {
    const { node: reader } = draft;
    const found: UniqueId[] = [];
    const faults: Diagnostic[] = [];
    const refused: Diagnostic[] = [];
    // dbt has sources before refs, wherever they stand in the text.
    for (const use of draft.sources) {
      const node = this.#lookup.source(use.call, reader.packageName);
      if (node === undefined) faults.push(unknownSource(use, this.#lookup));
      else found.push(node.uniqueId);
    }
    for (const use of draft.refs) {
      const node = this.#lookup.ref(use.call, reader.packageName);
      if (node === undefined) {
        faults.push(unknownRef(use, this.#lookup, missing));
        continue;
      }
      found.push(node.uniqueId);
      const fault = privateRef(reader, node, use, this.#nodes);
      if (fault !== undefined) refused.push(fault);
    }
    if (reader.resourceType === 'test' && faults.length > 0) {
      const warnings = faults.filter(({ code }) => code !== 'compile.disabledRef').map(asWarning);
      const node = { ...reader, dependsOn: found, config: { ...reader.config, enabled: false } };
      return { node, isUnlinked: true, edges: 'unlinked', diagnostics: [...refused, ...warnings] };
    }
    const node = { ...reader, dependsOn: [...new Set([...found, ...draft.reads])] };
    return { node, isUnlinked: false, edges: node.dependsOn.join(' '), diagnostics: [...refused, ...faults] };
  }
}

function asWarning(found: Diagnostic): Diagnostic {
  return { ...found, severity: 'warning' };
}

/** True for the version that is asked for: without one the latest, or the model that has no versions. */
function isVersion(node: ManifestNode, wanted: ModelVersion | undefined): boolean {
  const version = node.resourceType === 'model' ? node.version : undefined;
  if (version === undefined) return wanted === undefined;
  return String(version.v) === String(wanted ?? version.latest);
}

/** True for what `ref` may name. */
export function isRefable(node: ManifestNode): node is ModelNode | SeedNode | SnapshotNode {
  return node.resourceType === 'model' || node.resourceType === 'seed' || node.resourceType === 'snapshot';
}

function grouped<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, one] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** Finds nodes by what templates call them. */
export class NodeLookup {
  readonly #rootName: string;
  readonly #refs: ReadonlyMap<string, readonly ManifestNode[]>;
  readonly #sources: ReadonlyMap<string, readonly ManifestNode[]>;

  constructor(nodes: Iterable<ManifestNode>, rootName: string) {
    const all = [...nodes];
    this.#rootName = rootName;
    this.#refs = grouped(all.filter(isRefable).map((node) => [node.name, node]));
    const sources = all.filter((node) => node.resourceType === 'source');
    this.#sources = grouped(sources.map((node) => [`${node.sourceName}.${node.name}`, node]));
  }

  /** What `call` means in a node of the package. */
  ref(call: RefCall, packageName: string): ManifestNode | undefined {
    const found = (this.#refs.get(call.name) ?? []).filter((node) => isVersion(node, call.version));
    if (call.packageName !== undefined) return found.find((node) => node.packageName === call.packageName);
    return this.#nearest(found, packageName);
  }

  source(call: SourceCall, packageName: string): ManifestNode | undefined {
    return this.#nearest(this.#sources.get(`${call.sourceName}.${call.name}`) ?? [], packageName);
  }

  /** The project that is run goes before the package, and that before the others (dbt-core: contracts/graph/manifest.py, _packages_to_search). */
  #nearest(found: readonly ManifestNode[], packageName: string): ManifestNode | undefined {
    const of = (name: string): ManifestNode | undefined => found.find((node) => node.packageName === name);
    return of(this.#rootName) ?? of(packageName) ?? found[0];
  }

  get refNames(): Iterable<string> {
    return this.#refs.keys();
  }

  get sourceNames(): Iterable<string> {
    return this.#sources.keys();
  }
}

const lookups = new WeakMap<Manifest['nodes'], NodeLookup>();

/** The lookup of a manifest's nodes, made once however many templates are compiled. */
export function lookupOf({ nodes, project }: Manifest): NodeLookup {
  const known = lookups.get(nodes) ?? new NodeLookup(nodes.values(), project.config.name);
  lookups.set(nodes, known);
  return known;
}

function unknownRef(use: Use<RefCall>, lookup: NodeLookup, { disabled, notRun }: Unlinked): Diagnostic {
  const { name: bare, version } = use.call;
  const name = version === undefined ? bare : `${bare}.v${String(version)}`;
  const left = notRun.find((one) => one.name === name);
  // Only what reads it fails, when it is run.
  if (left !== undefined) return diagnostic('compile.refNotRun', left, use, { severity: 'warning' });
  if (disabled.some((node) => node.resourceType !== 'source' && node.name === name)) {
    return diagnostic('compile.disabledRef', { name }, use);
  }
  return diagnostic('compile.unknownRef', { name, near: nearestName(name, lookup.refNames) }, use);
}

function unknownSource(use: Use<SourceCall>, lookup: NodeLookup): Diagnostic {
  const { sourceName, name } = use.call;
  const near = nearestName(`${sourceName}.${name}`, lookup.sourceNames);
  return diagnostic('compile.unknownSource', { sourceName, name, near }, use);
}
