import type { Manifest, ManifestNode, OperationNode } from '../../core/compile/manifest.ts';
import { version } from '../version.ts';
import { consoleEvent, emptyLine, type ConsoleEvent } from './consoleEvent.ts';
import { counted, testNoun } from './counted.ts';

/** What begins every command: the version, and with a manifest what was found in the project. */
export function openingEvents(manifest: Manifest | undefined): readonly ConsoleEvent[] {
  const running = consoleEvent('MainReportVersion', `Running with modelyard=${version}`, { version: `=${version}` });
  if (manifest === undefined) return [running];
  const found = foundText(manifest);
  return [running, consoleEvent('FoundStats', `Found ${found}`, { stat_line: found })];
}

/** What begins the work on nodes. */
export function concurrencyEvents(manifest: Manifest, nodes: number): readonly ConsoleEvent[] {
  const { name } = manifest.project.target;
  const data = { num_threads: 1, target_name: name, node_count: nodes };
  const line = consoleEvent('ConcurrencyLine', `Concurrency: 1 threads (target='${name}')`, data);
  return [emptyLine, line, emptyLine];
}

/** "3 models, 3 sources, 13 data tests, 12 macros": in the order in which dbt reads the first of each. */
function foundText(manifest: Manifest): string {
  const nodes = [...manifest.nodes.values(), ...manifest.operations];
  const counts = new Map<string, number>();
  for (const { resourceType } of nodes.sort((a, b) => readingTurn(a) - readingTurn(b)))
    counts.set(resourceType, (counts.get(resourceType) ?? 0) + 1);
  const unitTests = counts.get('unit_test') ?? 0;
  counts.delete('unit_test');
  const parts = [...counts].map(([type, count]) => counted(count, type === 'test' ? testNoun(count) : type));
  const macros = counted(manifest.macros.definitions.length, 'macro');
  const groups = manifest.groups.length;
  return [
    ...parts,
    macros,
    ...(groups > 0 ? [counted(groups, 'group')] : []),
    ...(unitTests > 0 ? [counted(unitTests, 'unit test')] : []),
  ].join(', ');
}

/** Files of SQL and CSV are read first, then hooks, then YAML (core/dbt/parser/manifest.py); sources and exposures are told last. */
function readingTurn(node: ManifestNode | OperationNode): number {
  const inYaml = /\.ya?ml$/.test(node.originalFilePath);
  const order: Readonly<Record<typeof node.resourceType, number>> = {
    model: 0,
    snapshot: inYaml ? 6 : 1,
    analysis: 2,
    test: inYaml ? 7 : 3,
    seed: 4,
    operation: 5,
    source: 8,
    exposure: 9,
    unit_test: 10,
  };
  return order[node.resourceType];
}
