import {
  isSqlNode,
  isTableNode,
  type Manifest,
  type ManifestNode,
  type ModelNode,
  type RunnableNode,
  type TableNode,
  type UnitTestNode,
  versionedName,
} from '../core/compile/manifest.ts';
import { textConfig } from '../core/project/nodeConfig.ts';
import { renderRelation } from '../core/compile/relation.ts';
import { storedFailures } from '../core/run/storedFailures.ts';
import { compiledPath } from '../core/artifacts/manifestArtifact.ts';
import { executionSeconds, type NodeResult, type RunResults } from '../core/run/nodeResult.ts';
import { version } from './version.ts';

const width = 80;

/** A progress line padded with dots to 80 columns (dbt-core: core/dbt/events/format.py). */
export function progressLine(message: string, status: string, index: number, total: number, seconds?: number): string {
  const prefix = `${String(index)} of ${String(total)} ${message} `.padEnd(width, '.');
  const time = seconds === undefined ? '' : ` in ${seconds.toFixed(2)}s`;
  return `${prefix} [${status}${time}]`;
}

/** `1 model`, `2 models`, `2 analyses`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${String(count)} ${noun.endsWith('is') ? `${noun.slice(0, -2)}es` : `${noun}s`}`;
}

/** dbt says "1 test" and "2 data tests" (core/dbt/events/types.py, utils.py: pluralize). */
const testNoun = (count: number): string => (count === 1 ? 'test' : 'data test');

/** "Found 3 models, 3 sources, 13 data tests, 12 macros": in the order in which dbt reads the first of each. */
export function foundLine(manifest: Manifest): string {
  const nodes = [...manifest.nodes.values()];
  const counts = new Map<string, number>();
  for (const { resourceType } of nodes.sort((a, b) => readingTurn(a) - readingTurn(b)))
    counts.set(resourceType, (counts.get(resourceType) ?? 0) + 1);
  const unitTests = counts.get('unit_test') ?? 0;
  counts.delete('unit_test');
  const parts = [...counts].map(([type, count]) => counted(count, type === 'test' ? testNoun(count) : type));
  const macros = counted(manifest.macros.definitions.length, 'macro');
  return `Found ${[...parts, macros, ...(unitTests > 0 ? [counted(unitTests, 'unit test')] : [])].join(', ')}`;
}

/** Files of SQL and CSV are read first, then YAML (core/dbt/parser/manifest.py); sources and exposures are told last. */
function readingTurn(node: ManifestNode): number {
  const inYaml = /\.ya?ml$/.test(node.originalFilePath);
  const order: Readonly<Record<ManifestNode['resourceType'], number>> = {
    model: 0,
    snapshot: inYaml ? 5 : 1,
    analysis: 2,
    test: inYaml ? 6 : 3,
    seed: 4,
    source: 7,
    exposure: 8,
    unit_test: 9,
  };
  return order[node.resourceType];
}

/** How dbt names a node in its progress lines: `sql table model main.orders`. */
export function describeNode(node: RunnableNode): string {
  switch (node.resourceType) {
    case 'model':
      return `sql ${materialization(node)} model ${relationName(node)}`;
    case 'snapshot':
      return `snapshot ${relationName(node)}`;
    case 'seed':
      return `seed file ${relationName(node)}`;
    case 'test':
      return `test ${node.name}`;
    case 'unit_test':
      return `unit_test ${unitTestName(node)}`;
    case 'exposure':
      return `exposure ${node.name}`;
  }
}

/** The tested model's name as it is written, and the test's. */
function unitTestName(node: UnitTestNode): string {
  return `${node.model}::${versionedName(node)}`;
}

/** How lines of results name a test. */
function testName(node: RunnableNode): string {
  return node.resourceType === 'unit_test' ? unitTestName(node) : node.name;
}

function relationName({ relation }: Pick<TableNode, 'relation'>): string {
  return `${relation.schema}.${relation.identifier}`;
}

/** As the model asks for it, whether or not it can be had. */
function materialization(node: ModelNode): string {
  return textConfig(node.config, 'materialized') ?? node.materialized;
}

/** The line that ends a node. */
export function resultLine(result: NodeResult, index: number, total: number): string {
  const { node } = result;
  const seconds = executionSeconds(result);
  const line = (message: string, status: string): string => progressLine(message, status, index, total, seconds);
  const failures = String(result.failures ?? 0);
  switch (result.status) {
    case 'success':
      if (node.resourceType === 'snapshot') return line(`OK snapshotted ${relationName(node)}`, result.message ?? 'OK');
      return node.resourceType === 'seed'
        ? line(`OK loaded ${describeNode(node)}`, result.message ?? 'OK')
        : line(`OK created ${describeNode(node)}`, result.message ?? 'OK');
    case 'error': {
      if (node.resourceType === 'test' || node.resourceType === 'unit_test')
        return line(`ERROR ${testName(node)}`, 'ERROR');
      if (node.resourceType === 'snapshot') return line(`ERROR snapshotting ${relationName(node)}`, 'ERROR');
      const verb = node.resourceType === 'seed' ? 'loading' : 'creating';
      return line(`ERROR ${verb} ${describeNode(node)}`, 'ERROR');
    }
    case 'pass':
      return line(`PASS ${testName(node)}`, 'PASS');
    case 'warn':
      return line(`WARN ${failures} ${node.name}`, `WARN ${failures}`);
    case 'fail':
      return line(`FAIL ${failures} ${testName(node)}`, `FAIL ${failures}`);
    case 'no-op':
      return line(`NO-OP ${describeNode(node)}`, 'NO-OP');
    case 'skipped': {
      const isUnitTest = node.resourceType === 'unit_test';
      const what = isTableNode(node)
        ? `relation ${relationName(node)}`
        : isUnitTest
          ? `unit_test ${node.name}`
          : describeNode(node);
      return progressLine(`SKIP ${what}`, 'SKIP', index, total);
    }
  }
}

/** The lines that end a run: what ran, what went wrong, and the counts. */
export function summaryLines(manifest: Manifest, results: RunResults, storesFailures = false): readonly string[] {
  const all = results.results;
  const count = (...wanted: readonly NodeResult['status'][]): number =>
    all.filter((one) => wanted.includes(one.status)).length;
  const failed = all.filter(({ status }) => status === 'error' || status === 'fail');
  const warned = all.filter(({ status }) => status === 'warn');
  const counts = {
    PASS: count('success', 'pass'),
    WARN: warned.length,
    ERROR: failed.length,
    SKIP: count('skipped'),
    'NO-OP': count('no-op'),
    TOTAL: all.length,
  };
  return [
    '',
    finishedLine(results),
    '',
    completedLine(failed.length, warned.length),
    ...[...failed, ...warned].flatMap((result) => ['', ...problemLines(manifest, result, storesFailures)]),
    '',
    `Done. ${Object.entries(counts)
      .map(([name, n]) => `${name}=${String(n)}`)
      .join(' ')}`,
  ];
}

function finishedLine(results: RunResults): string {
  const kinds = new Map<string, number>();
  for (const { node } of results.results) {
    const kind = node.resourceType === 'model' ? `${materialization(node)} model` : node.resourceType;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const ran = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, n]) => counted(n, kind === 'test' ? testNoun(n) : kind.replace('_', ' ')));
  const seconds = (results.completedAt - results.startedAt) / 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = (seconds % 60).toFixed(2);
  return `Finished running ${ran.join(', ')} in ${String(hours)} hours ${String(minutes)} minutes and ${rest} seconds (${seconds.toFixed(2)}s).`;
}

function completedLine(errors: number, warnings: number): string {
  if (errors > 0)
    return `Completed with ${counted(errors, 'error')}, 0 partial successes, and ${counted(warnings, 'warning')}:`;
  return warnings > 0 ? `Completed with ${counted(warnings, 'warning')}:` : 'Completed successfully';
}

function problemLines(manifest: Manifest, result: NodeResult, storesFailures: boolean): readonly string[] {
  const { node, status } = result;
  const word = status === 'warn' ? 'Warning' : 'Failure';
  const head = `${word} in ${node.resourceType} ${node.name} (${node.originalFilePath})`;
  const indent = status === 'warn' ? '' : '  ';
  const places = result.diagnostics
    .filter((one) => one.severity === 'error' && status === 'error')
    .map(
      (one) =>
        `  ${one.file}:${String(one.range.start.line + 1)}:${String(one.range.start.character + 1)}: ${one.message}`,
    );
  const body = places.length > 0 ? places : [`${indent}${result.message ?? ''}`];
  if (result.compiledCode === undefined || (!isSqlNode(node) && node.resourceType !== 'unit_test'))
    return [head, ...body];
  const code = `  compiled code at ${compiledPath(manifest, node)}`;
  return [head, ...body, '', code, ...failuresLines(manifest, result, storesFailures)];
}

/** Where the failing rows of a test are to be seen. */
function failuresLines(manifest: Manifest, { node, status }: NodeResult, storesFailures: boolean): readonly string[] {
  if (node.resourceType !== 'test' || status === 'error') return [];
  const stored = storedFailures(manifest, node, storesFailures);
  if (stored === undefined) return [];
  const query = `select * from ${renderRelation(stored.relation, manifest.project.target)}`;
  const rule = '-'.repeat(query.length);
  return ['', '  See test failures:', `  ${rule}`, `  ${query}`, `  ${rule}`];
}

/** The lines that begin a command on a project: the version, what was found, and how it is worked on. */
export function openingLines(manifest: Manifest | undefined): readonly string[] {
  const running = `Running with modelyard=${version}`;
  if (manifest === undefined) return [running];
  const { name } = manifest.project.target;
  return [running, foundLine(manifest), '', `Concurrency: 1 threads (target='${name}')`, ''];
}
