import type { NodeStatus, NodeTest, ResourceType, TestVerdict } from '../../protocol/nodeFacts.ts';
import type { IconName } from './icons.ts';

/** How a fact is shown: always a shape and words, the colour (`tone`) only helps. */
export interface Look {
  readonly icon: IconName;
  readonly label: string;
  readonly tone: Tone;
}

/** The few colours of the pages; each is a `data-tone` in look.css. */
export type Tone = 'plain' | 'muted' | 'good' | 'bad' | 'warn' | 'busy';

/** Icon and word of each kind of node. */
export const resourceLooks = {
  source: { icon: 'database', label: 'source' },
  seed: { icon: 'fileText', label: 'seed' },
  model: { icon: 'table', label: 'model' },
  snapshot: { icon: 'history', label: 'snapshot' },
  analysis: { icon: 'code', label: 'analysis' },
  exposure: { icon: 'megaphone', label: 'exposure' },
  metric: { icon: 'graphLine', label: 'metric' },
  semantic_model: { icon: 'symbolClass', label: 'semantic model' },
  saved_query: { icon: 'search', label: 'saved query' },
  function: { icon: 'symbolMethod', label: 'function' },
  task: { icon: 'play', label: 'task' },
} as const satisfies Record<ResourceType, Omit<Look, 'tone'>>;

/** Icon and words of each status of a node. */
export const statusLooks = {
  none: { icon: 'circle', label: 'not built', tone: 'muted' },
  queued: { icon: 'clock', label: 'waiting', tone: 'muted' },
  running: { icon: 'loading', label: 'running', tone: 'busy' },
  success: { icon: 'passFilled', label: 'built', tone: 'good' },
  error: { icon: 'error', label: 'failed', tone: 'bad' },
  skipped: { icon: 'circleSlash', label: 'skipped', tone: 'muted' },
  stale: { icon: 'sync', label: 'out of date', tone: 'warn' },
} as const satisfies Record<NodeStatus, Look>;

/** Icon and words of each verdict of a test. */
export const verdictLooks = {
  none: { icon: 'circle', label: 'not run', tone: 'muted' },
  running: { icon: 'loading', label: 'running', tone: 'busy' },
  pass: { icon: 'check', label: 'passed', tone: 'good' },
  warn: { icon: 'warning', label: 'warned', tone: 'warn' },
  fail: { icon: 'close', label: 'failed', tone: 'bad' },
  error: { icon: 'error', label: 'could not run', tone: 'bad' },
  skipped: { icon: 'circleSlash', label: 'skipped', tone: 'muted' },
} as const satisfies Record<TestVerdict, Look>;

/** Sources and exposures are not built: what they have is read, so `built` would be wrong. */
export function statusLook(resourceType: ResourceType, status: NodeStatus): Look {
  const look: Look = statusLooks[status];
  if (resourceType !== 'source' && resourceType !== 'seed') return look;
  if (status === 'none') return { ...look, label: 'not loaded' };
  return status === 'success' ? { ...look, label: 'loaded' } : look;
}

/** Most serious first: the order in which verdicts decide what a badge shows. */
const bySeverity: readonly TestVerdict[] = ['error', 'fail', 'warn', 'running', 'skipped', 'none', 'pass'];

/** What a badge says of several tests. */
export interface TestSummary extends Look {
  /** The most serious verdict among the tests. */
  readonly verdict: TestVerdict;
  /** The verdict's word: `passed`. */
  readonly word: string;
  /** What follows the short form when it is read aloud: `tests: 2 failed, 3 passed`. */
  readonly counts: string;
  /** Short: `5` when all passed, `2/5` for two of five with the verdict. */
  readonly short: string;
}

/** Sums up tests by the most serious verdict; undefined without tests. */
export function summarizeTests(tests: readonly NodeTest[]): TestSummary | undefined {
  const count = (verdict: TestVerdict) => tests.filter((one) => one.verdict === verdict).length;
  const verdict = bySeverity.find((one) => count(one) > 0);
  if (verdict === undefined) return undefined;
  const parts = bySeverity
    .filter((one) => count(one) > 0)
    .map((one) => `${String(count(one))} ${verdictLooks[one].label}`);
  const total = tests.length;
  const some = count(verdict);
  const words = total === 1 ? 'test' : 'tests';
  return {
    ...verdictLooks[verdict],
    verdict,
    word: verdictLooks[verdict].label,
    label: `${String(total)} ${words}: ${parts.join(', ')}`,
    counts: `${words}: ${parts.join(', ')}`,
    short: some === total ? String(total) : `${String(some)}/${String(total)}`,
  };
}

/** Tests with the most serious verdicts first, otherwise in their order. */
export function testsBySeverity(tests: readonly NodeTest[]): readonly NodeTest[] {
  return [...tests].sort((a, b) => bySeverity.indexOf(a.verdict) - bySeverity.indexOf(b.verdict));
}
