import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import type { NotRun } from '../project/notRun.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { ManifestNode, RefCall, SourceCall } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import type { Use } from './parseTemplateNode.ts';

/** What a ref may name without there being a node for it. */
export interface Unlinked {
  readonly disabled: readonly ManifestNode[];
  readonly notRun: readonly NotRun[];
}

/** Resolves every ref and source to the id of a node; what cannot be resolved is a fault at the call. */
export function linkNodes(
  drafts: readonly NodeDraft[],
  rootName: string,
  { disabled, notRun }: Unlinked,
): Outcome<readonly ManifestNode[]> {
  const lookup = new NodeLookup(
    drafts.map((draft) => draft.node),
    rootName,
  );
  const diagnostics: Diagnostic[] = [];
  const value = drafts.map((draft): ManifestNode => {
    const found: UniqueId[] = [];
    for (const use of draft.refs) {
      const node = lookup.ref(use.call, draft.node.packageName);
      if (node === undefined) diagnostics.push(unknownRef(use, lookup, { disabled, notRun }));
      else found.push(node.uniqueId);
    }
    for (const use of draft.sources) {
      const node = lookup.source(use.call, draft.node.packageName);
      if (node === undefined) diagnostics.push(unknownSource(use, lookup));
      else found.push(node.uniqueId);
    }
    return { ...draft.node, dependsOn: [...new Set([...found, ...draft.reads])] };
  });
  return { value, diagnostics };
}

/** True for what `ref` may name. */
export function isRefable({ resourceType }: ManifestNode): boolean {
  return resourceType === 'model' || resourceType === 'seed' || resourceType === 'snapshot';
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
    const found = this.#refs.get(call.name) ?? [];
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

function unknownRef(use: Use<RefCall>, lookup: NodeLookup, { disabled, notRun }: Unlinked): Diagnostic {
  const { name } = use.call;
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
