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
  { disabled, notRun }: Unlinked,
): Outcome<readonly ManifestNode[]> {
  const lookup = new NodeLookup(drafts.map((draft) => draft.node));
  const diagnostics: Diagnostic[] = [];
  const value = drafts.map((draft): ManifestNode => {
    const found: UniqueId[] = [];
    for (const use of draft.refs) {
      const node = lookup.ref(use.call);
      if (node === undefined) diagnostics.push(unknownRef(use, lookup, { disabled, notRun }));
      else found.push(node.uniqueId);
    }
    for (const use of draft.sources) {
      const node = lookup.source(use.call);
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

/** Finds nodes by what templates call them. */
export class NodeLookup {
  readonly #refs: ReadonlyMap<string, ManifestNode>;
  readonly #sources: ReadonlyMap<string, ManifestNode>;

  constructor(nodes: Iterable<ManifestNode>) {
    const all = [...nodes];
    const refable = all.filter(isRefable);
    this.#refs = new Map(refable.map((node) => [node.name, node]));
    const sources = all.flatMap((node) =>
      node.resourceType === 'source' ? [[`${node.sourceName}.${node.name}`, node] as const] : [],
    );
    this.#sources = new Map(sources);
  }

  ref(call: RefCall): ManifestNode | undefined {
    const node = this.#refs.get(call.name);
    return call.packageName === undefined || node?.packageName === call.packageName ? node : undefined;
  }

  source(call: SourceCall): ManifestNode | undefined {
    return this.#sources.get(`${call.sourceName}.${call.name}`);
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
