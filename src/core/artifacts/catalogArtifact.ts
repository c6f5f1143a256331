import type { TableNode } from '../compile/manifest.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';

const schema = 'https://schemas.getdbt.com/dbt/catalog/v1.json';

/** A node's table or view as it stands in the database. */
export interface CatalogedTable {
  readonly node: TableNode;
  readonly kind: 'table' | 'view';
  readonly columns: readonly { readonly name: string; readonly declaredType: string }[];
}

/** target/catalog.json, version 1 of dbt's schema: what the database holds of a project. */
export function catalogArtifact(tables: readonly CatalogedTable[], invocation: Invocation): Json {
  const entries = (isSource: boolean): Json =>
    Object.fromEntries(
      tables
        .filter(({ node }) => (node.resourceType === 'source') === isSource)
        .map((table) => [table.node.uniqueId, tableEntry(table)]),
    );
  return {
    metadata: artifactMetadata(schema, invocation),
    nodes: entries(false),
    sources: entries(true),
    errors: null,
  };
}

function tableEntry({ node, kind, columns }: CatalogedTable): Json {
  const { database, schema: schemaName, identifier } = node.relation;
  return {
    metadata: { type: kind, schema: schemaName, name: identifier, database, comment: null, owner: null },
    columns: Object.fromEntries(
      columns.map(({ name, declaredType }, i) => [name, { type: declaredType, index: i + 1, name, comment: null }]),
    ),
    stats: {
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: false,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
    },
    unique_id: node.uniqueId,
  };
}
