import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { ManifestNode, RefCall, SourceCall } from './manifest.ts';
import type { Use } from './parseTemplateNode.ts';

/** A node whose refs and sources are not yet resolved to ids. */
export interface NodeDraft {
  /** The node with nothing in `dependsOn`. */
  readonly node: ManifestNode;
  readonly refs: readonly Use<RefCall>[];
  readonly sources: readonly Use<SourceCall>[];
  /** Ids that it reads whatever its text says: what a generic test is written under. */
  readonly reads: readonly UniqueId[];
  readonly enabled: boolean;
  readonly diagnostics: readonly Diagnostic[];
}
