import type { ManifestNode } from '../compile/manifest.ts';

/** dbt's --resource-type and --exclude-resource-type: what is kept of what is selected. */
export interface TypeFilter {
  /** Types to keep, or `all`, or `default`; none for the default. */
  readonly only: readonly string[];
  readonly not: readonly string[];
  /** The types that a command takes when none is named. */
  readonly byDefault: (type: ManifestNode['resourceType']) => boolean;
}

/** True for a type that the filter keeps (dbt-core: core/dbt/task/base.py, resource_types_from_args). */
export function keepsType({ only, not, byDefault }: TypeFilter, type: ManifestNode['resourceType']): boolean {
  if (not.includes(type)) return false;
  if (only.includes('all') || only.includes(type)) return true;
  return (only.length === 0 || only.includes('default')) && byDefault(type);
}
