import type { ExistingColumn, ExistingRelations } from '../compile/compileEnvironment.ts';
import type { Target } from '../project/target.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { dataTypeName } from './dataType.ts';
import { dialectOf } from './dialectOf.ts';
import type { RelationCatalog } from './relationCatalog.ts';

/** The catalog as templates see it: types have the names of the target's SQL. */
export function existingRelations(catalog: RelationCatalog, target: Target): ExistingRelations {
  return {
    kindOf: (name) => catalog.kindOf(name),
    columnsOf: (name) => namedColumns(catalog.get(name)?.columns, target),
  };
}

/** Columns whose types have the names of the target's SQL. */
export function namedColumns(
  columns: readonly TypedColumn[] | undefined,
  target: Target,
): readonly ExistingColumn[] | undefined {
  const dialect = dialectOf(target.type);
  return columns?.map(({ name, type }) => ({
    name,
    dataType: dialect === undefined ? undefined : dataTypeName(type, dialect),
  }));
}
