import type { Target } from '../project/target.ts';

/** The embedded database's own table: what made each relation, and how its columns are typed. */
export const catalogTable = 'modelyard_relations';

/** Where a node's rows live, in dbt's three parts. */
export interface Relation {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/**
 * The name of a relation's table in the embedded database. All of dbt's schemas share one SQLite file, since a view
 * there cannot read another file: the target's own schema has bare names, the others are put before the name.
 */
export function embeddedName(relation: Relation, target: Target): string {
  return relation.schema === target.schema ? relation.identifier : `${relation.schema}__${relation.identifier}`;
}

/** The relation as compiled SQL names it: `main."players"`, quoted as the adapter quotes. */
export function renderRelation(relation: Relation, target: Target): string {
  return `main.${quoteForAdapter(embeddedName(relation, target), target.type)}`;
}

/** Adapters whose double quotes make a text, so that names stand in backticks. */
const backtickAdapters: readonly string[] = ['bigquery', 'databricks', 'spark'];

/** A name quoted as an adapter's dialect quotes it (dbt's `adapter.quote`). */
export function quoteForAdapter(name: string, adapterType: string): string {
  return backtickAdapters.includes(adapterType) ? `\`${name.replaceAll('`', '\\`')}\`` : quoteIdentifier(name);
}

/** A name in double quotes, as standard SQL and SQLite take it. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A table of the embedded database as SQLite's SQL names it, by its embedded name. */
export function embeddedTable(name: string): string {
  return `main.${quoteIdentifier(name)}`;
}
