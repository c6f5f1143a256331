import { macroDependencies } from '../compile/macroDependencies.ts';
import { macroId, type MacroDefinition } from '../compile/macroScope.ts';
import type { Manifest } from '../compile/manifest.ts';
import { isPlainMap, plainMapAt } from '../project/plainValue.ts';
import { packageOf, pathInPackage } from '../project/project.ts';
import type { Json } from './json.ts';

/** The manifest's macros, with what YAML says of them. */
export function macroEntries(manifest: Manifest): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    manifest.macros.definitions.map((macro) => [macroId(macro), macroEntry(manifest, macro)] as const),
  );
}

function macroEntry(manifest: Manifest, macro: MacroDefinition): Json {
  const { project } = manifest;
  const { packageName, name } = macro;
  const path = pathInPackage(project, packageName, macro.file);
  const owner = packageOf(project, packageName);
  const properties =
    owner.config.name === packageName ? owner.properties.macros.find((one) => one.name === name) : undefined;
  const meta = plainMapAt(properties?.config ?? {}, 'meta');
  const given = properties?.config['docs'];
  const docs = { show: true, node_color: null, ...(isPlainMap(given) ? given : {}) };
  return {
    name,
    resource_type: 'macro',
    package_name: packageName,
    path,
    original_file_path: path,
    unique_id: macroId(macro),
    macro_sql: macro.source,
    depends_on: { macros: macroDependencies(manifest.macros, macro, project.target.type) },
    description: properties?.description ?? '',
    meta,
    docs,
    config: { meta, docs },
    patch_path:
      properties === undefined ? null : `${packageName}://${pathInPackage(project, packageName, properties.file)}`,
    arguments: (properties?.arguments ?? []).map((one) => ({
      name: one.name,
      type: one.type ?? null,
      description: one.description,
    })),
    created_at: 0,
    supported_languages: macro.languages ?? null,
  };
}
