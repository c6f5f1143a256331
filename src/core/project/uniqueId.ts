declare const brand: unique symbol;

/** dbt's id of a node: `type.package.name`, for sources `source.package.source_name.table`. */
export type UniqueId = string & { readonly [brand]: 'UniqueId' };

/** Joins the parts of an id with dots. */
export function uniqueId(...parts: readonly string[]): UniqueId {
  return parts.join('.') as UniqueId;
}
