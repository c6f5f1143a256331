import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { configFaults } from './configFaults.ts';
import { contractFaults } from './describedFaults.ts';
import type { NodeDraft } from './nodeDraft.ts';

const known = new WeakMap<NodeDraft, readonly Diagnostic[]>();

/** What is wrong with the config of a draft, and with its contract if it is enabled; looked for once for each draft. */
export function draftFaults(draft: NodeDraft): readonly Diagnostic[] {
  const before = known.get(draft);
  if (before !== undefined) return before;
  const { node, enabled } = draft;
  const found = [...configFaults(node), ...(enabled ? contractFaults(node) : [])];
  known.set(draft, found);
  return found;
}
