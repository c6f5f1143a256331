import type { NodeTest } from '../../protocol/nodeFacts.ts';
import { summarizeTests } from '../shared/nodeLook.ts';
import { Icon } from './icon.tsx';

/** The most serious verdict of a node's tests and how many have it; nothing without tests. */
export function TestBadge({ tests }: { readonly tests: readonly NodeTest[] }) {
  const summary = summarizeTests(tests);
  if (summary === undefined) return null;
  return (
    <span className="tests figures" title={summary.label} data-verdict={summary.verdict}>
      <Icon name={summary.icon} tone={summary.tone} />
      <span>{summary.short}</span>
      <span className="spoken">{summary.counts}</span>
    </span>
  );
}
