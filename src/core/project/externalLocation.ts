import { isPlainMap } from './plainValue.ts';
import type { SourceProperties } from './properties.ts';

/** Where a source's CSV is when neither its source nor the table says so. */
const defaultLocation = 'data/{name}.csv';

export interface ExternalLocation {
  /** From the project's folder, with the names filled in. */
  readonly path: string;
  /** True when the project names the place itself. */
  readonly isDeclared: boolean;
}

/**
 * The file that holds a source table's rows: `external_location` in its meta or config, with `{name}`, `{identifier}`
 * and `{schema}` filled in (the convention of dbt-duckdb, its relation.py), or `data/NAME.csv`.
 */
export function externalLocation(
  source: Pick<SourceProperties, 'name' | 'identifier' | 'schema' | 'sourceName' | 'config'>,
): ExternalLocation {
  const { meta } = source.config;
  const declared = source.config['external_location'] ?? (isPlainMap(meta) ? meta['external_location'] : undefined);
  const names: Readonly<Record<string, string>> = {
    name: source.name,
    identifier: source.identifier,
    schema: source.schema,
    source_name: source.sourceName,
  };
  const template = typeof declared === 'string' ? declared : defaultLocation;
  const path = template.replace(/\{(\w+)\}/g, (whole, key: string) => names[key] ?? whole).replace(/^\.\//, '');
  return { path, isDeclared: typeof declared === 'string' };
}

/** True for a CSV inside the project's folder: what can be read and written in every host. */
export function isProjectCsv(path: string): boolean {
  return /^[^*?'"(){}:]+\.csv$/i.test(path) && !path.startsWith('/') && !path.split('/').includes('..');
}
