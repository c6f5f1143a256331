import { toldPath } from '../../core/compile/compiledPath.ts';
import { isSqlNode, type Manifest } from '../../core/compile/manifest.ts';
import { materializationOf } from '../../core/compile/materializations.ts';
import { renderRelation } from '../../core/compile/relation.ts';
import type { NodeResult, RunResults } from '../../core/run/nodeResult.ts';
import { storedFailures } from '../../core/run/storedFailures.ts';
import { consoleEvent, emptyLine, type ConsoleEvent } from './consoleEvent.ts';
import { counted, testNoun } from './counted.ts';

/** What ends a run: what ran, what went wrong, and the counts (dbt-core: core/dbt/task/printer.py). */
export function summaryEvents(
  manifest: Manifest,
  results: RunResults,
  storesFailures = false,
): readonly ConsoleEvent[] {
  const all = results.results;
  const failed = all.filter(({ status }) => status === 'error' || status === 'fail');
  const stopped = all.filter(
    ({ status, message, node }) => status === 'skipped' && message !== undefined && node.resourceType !== 'exposure',
  );
  const warned = all.filter(({ status }) => status === 'warn');
  return [
    emptyLine,
    finishedEvent(results),
    emptyLine,
    completedEvent(failed.length + stopped.length, all.filter(isPartial).length, warned.length),
    ...[...failed, ...warned].flatMap((result) => [emptyLine, ...problemEvents(manifest, result, storesFailures)]),
    emptyLine,
    statsEvent(all),
  ];
}

function statsEvent(all: readonly NodeResult[]): ConsoleEvent {
  const count = (...wanted: readonly NodeResult['status'][]): number =>
    all.filter((one) => wanted.includes(one.status)).length;
  const stats = {
    pass: count('success', 'pass'),
    warn: count('warn'),
    error: count('error', 'partial success', 'fail'),
    skip: count('skipped'),
    noop: count('no-op'),
    total: all.length,
  };
  const line = `PASS=${String(stats.pass)} WARN=${String(stats.warn)} ERROR=${String(stats.error)} SKIP=${String(stats.skip)} NO-OP=${String(stats.noop)} TOTAL=${String(stats.total)}`;
  return consoleEvent('StatsLine', `Done. ${line}`, { stats });
}

function finishedEvent(results: RunResults): ConsoleEvent {
  const kinds = new Map<string, number>();
  for (const { node } of results.results) {
    const kind = kindOf(node);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const ran = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, n]) => counted(n, kind === 'test' ? testNoun(n) : kind.replace('_', ' ')))
    .join(', ');
  const { text, data } = finishedText(ran, (results.completedAt - results.startedAt) / 1000);
  return consoleEvent('FinishedRunningStats', text, data);
}

/** The line that says what ran and how long. */
export function finishedText(
  ran: string,
  seconds: number,
): { readonly text: string; readonly data: ConsoleEvent['data'] } {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const execution = ` in ${String(hours)} hours ${String(minutes)} minutes and ${(seconds % 60).toFixed(2)} seconds`;
  const data = { stat_line: ran, execution, execution_time: seconds };
  return { text: `Finished running ${ran}${execution} (${seconds.toFixed(2)}s).`, data };
}

/** How dbt counts a node among those that ran (core/dbt/task/run.py, get_counts). */
function kindOf(node: NodeResult['node']): string {
  if (node.resourceType === 'model') return `${materializationOf(node)} model`;
  return node.resourceType === 'operation' ? 'project hook' : node.resourceType;
}

const isPartial = ({ status }: NodeResult): boolean => status === 'partial success';

function completedEvent(errors: number, partial: number, warnings: number): ConsoleEvent {
  const partly = `${String(partial)} partial ${partial === 1 ? 'success' : 'successes'}`;
  const text =
    errors > 0
      ? `Completed with ${counted(errors, 'error')}, ${partly}, and ${counted(warnings, 'warning')}:`
      : partial > 0
        ? `Completed with ${partly} and ${counted(warnings, 'warning')}`
        : warnings > 0
          ? `Completed with ${counted(warnings, 'warning')}:`
          : 'Completed successfully';
  const data = { num_errors: errors, num_warnings: warnings, num_partial_success: partial, keyboard_interrupt: false };
  return consoleEvent('EndOfRunSummary', text, data);
}

/** What went wrong with a node, and where its code is. */
export function problemEvents(
  manifest: Manifest,
  result: NodeResult,
  storesFailures: boolean,
): readonly ConsoleEvent[] {
  const { node, status } = result;
  const isWarning = status === 'warn';
  const path = node.resourceType === 'operation' ? `./${node.originalFilePath}` : node.originalFilePath;
  const data = { resource_type: node.resourceType, node_name: node.name, path };
  const head = consoleEvent(
    isWarning ? 'RunResultWarning' : 'RunResultFailure',
    `${isWarning ? 'Warning' : 'Failure'} in ${node.resourceType} ${node.name} (${path})`,
    data,
  );
  const places = result.diagnostics
    .filter((one) => one.severity === 'error' && status === 'error')
    .map(
      (one) =>
        `${one.file}:${String(one.range.start.line + 1)}:${String(one.range.start.character + 1)}: ${one.message}`,
    );
  const texts = places.length > 0 ? places : [result.message ?? ''];
  const body = texts.map((msg) =>
    isWarning
      ? consoleEvent('RunResultWarningMessage', msg, { msg })
      : consoleEvent('RunResultError', `  ${msg}`, { msg }),
  );
  const file = result.compiledCode === undefined ? undefined : pathOfCode(manifest, node);
  if (file === undefined) return [head, ...body];
  const code = consoleEvent('SQLCompiledPath', `  compiled code at ${file}`, { path: file });
  return [head, ...body, emptyLine, code, ...failuresEvents(manifest, result, storesFailures)];
}

/** Where a node's compiled code was written; undefined for what has none. */
function pathOfCode(manifest: Manifest, node: NodeResult['node']): string | undefined {
  if (node.resourceType === 'operation' || node.resourceType === 'unit_test' || isSqlNode(node))
    return toldPath(manifest, node);
  return undefined;
}

/** Where the failing rows of a test are to be seen. */
function failuresEvents(
  manifest: Manifest,
  { node, status }: NodeResult,
  storesFailures: boolean,
): readonly ConsoleEvent[] {
  if (node.resourceType !== 'test' || status === 'error') return [];
  const stored = storedFailures(node, storesFailures);
  if (stored === undefined) return [];
  const relation = renderRelation(stored.relation, manifest.project.target);
  const query = `select * from ${relation}`;
  const rule = '-'.repeat(query.length);
  const text = `  See test failures:\n  ${rule}\n  ${query}\n  ${rule}`;
  return [emptyLine, consoleEvent('CheckNodeTestFailure', text, { relation_name: relation })];
}
