import type { TestNode } from '../compile/manifest.ts';
import { embeddedName, embeddedTable, type Relation } from '../compile/relation.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { PreparedQuery } from './translateQuery.ts';
import { replaceRelation, untypedColumns } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';

/** How the failing rows of a test are kept. */
export interface StoredFailures {
  readonly kind: 'table' | 'view';
  readonly relation: Relation;
}

/** Where a test's failing rows are kept; undefined when they are only counted. A config goes before `--store-failures`. */
export function storedFailures(node: TestNode, byFlag: boolean): StoredFailures | undefined {
  const { config } = node;
  const as = textConfig(config, 'store_failures_as');
  const isStored = as === undefined ? (config['store_failures'] ?? byFlag) === true : as !== 'ephemeral';
  if (!isStored) return undefined;
  return { kind: as === 'view' ? 'view' : 'table', relation: node.failuresRelation };
}

/** Makes the relation of a test's failing rows, and gives the query that reads it again. */
export async function storeFailures(
  { engine, catalog, manifest }: RunContext,
  query: PreparedQuery,
  { kind, relation }: StoredFailures,
): Promise<string> {
  const table = embeddedName(relation, manifest.project.target);
  const name = embeddedTable(table);
  const rowCount = await replaceRelation(engine, table, kind, `create ${kind} ${name} as\n${query.sql}`);
  const columns = query.columns ?? (await untypedColumns(engine, table));
  await catalog.put({ relation: table, kind, version: '', rowCount, columns });
  return `select * from ${name}`;
}
