import type { CompileEnvironment, ExistingColumn } from '../compile/compileEnvironment.ts';
import { isTableNode, type UnitTestNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import type { RunContext } from './runContext.ts';
import { tableColumns } from './tableColumns.ts';

/** Columns by the names of their tables. */
export type DeclaredTypes = ReadonlyMap<string, readonly ExistingColumn[]>;

/**
 * The types with which SQLite declares the columns of the tables that a unit test's model reads, and of its own: for a
 * project that is written for SQLite, whose queries are not followed, they are all that is known, and what dbt-sqlite
 * goes by (its get_columns_in_relation). Empty for other targets.
 */
export async function declaredTypes(
  { manifest, engine }: Pick<RunContext, 'manifest' | 'engine'>,
  node: UnitTestNode,
): Promise<DeclaredTypes> {
  const { target } = manifest.project;
  if (target.type !== 'sqlite') return new Map();
  const read = [...node.dependsOn, ...node.dependsOn.flatMap((id) => manifest.graph.parents.get(id) ?? [])];
  const tables = read.flatMap((id) => {
    const table = manifest.nodes.get(id);
    return table !== undefined && isTableNode(table) ? [embeddedName(table.relation, target)] : [];
  });
  const types = new Map<string, readonly ExistingColumn[]>();
  for (const table of tables) {
    const columns = await tableColumns(engine, table);
    if (columns.length === 0) continue;
    types.set(
      table,
      columns.map(({ name, declaredType }) => ({ name, dataType: namedType(declaredType) })),
    );
  }
  return types;
}

/** The environment with these types of columns over what else is known of them. */
export function withDeclaredTypes(environment: CompileEnvironment, types: DeclaredTypes): CompileEnvironment {
  const { existing } = environment;
  if (existing === undefined || types.size === 0) return environment;
  return {
    ...environment,
    existing: { ...existing, columnsOf: (name) => types.get(name) ?? existing.columnsOf(name) },
  };
}

/** A declared type as dbt-sqlite names it; a column that an expression made has none. */
function namedType(declared: string): string | undefined {
  const type = declared.toUpperCase();
  if (type === '') return undefined;
  if (type === 'TEXT') return 'character varying(256)';
  return type === 'INTEGER' ? 'INT' : declared;
}
