import { useEffect, useRef, useState } from 'react';
import type { LineageSnapshot } from '../../protocol/lineageProtocol.ts';

/** What a screen reader is told: the last of several facts that changed. */
export function useAnnouncement(
  selection: string | undefined,
  snapshot: Extract<LineageSnapshot, { readonly state: 'ready' }>,
  search: string | undefined,
): string {
  const [text, setText] = useState('');
  const label = snapshot.run?.label;
  const lastLabel = useRef(label);
  useEffect(() => {
    if (selection !== undefined) setText(selection);
  }, [selection]);
  useEffect(() => {
    if (search !== undefined) setText(search);
  }, [search]);
  useEffect(() => {
    if (label !== undefined) setText(label);
    else if (lastLabel.current !== undefined) setText(`${lastLabel.current}: ended, ${outcome(snapshot)}`);
    lastLabel.current = label;
    // Progress is not read aloud: only a run's beginning and its end.
  }, [label]);
  return text;
}

function outcome({ nodes }: Extract<LineageSnapshot, { readonly state: 'ready' }>): string {
  const failedNodes = nodes.filter((node) => node.status === 'error').length;
  const failedTests = nodes
    .flatMap((node) => node.tests)
    .filter((test) => test.verdict === 'fail' || test.verdict === 'error').length;
  if (failedNodes === 0 && failedTests === 0) return 'nothing failed';
  return `${String(failedNodes)} nodes and ${String(failedTests)} tests failed`;
}
