import { diagnostic, type Diagnostic, type Location } from '../diagnostics/diagnostic.ts';
import { definitionTemplate, parseTemplate, type Template } from '../jinja/template.ts';
import { tagsOf, textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import { textList } from '../project/plainValue.ts';
import type { SqlFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import { tableProperties } from './fileNode.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { hookUses } from './hooks.ts';
import { belowResourcePath, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import type { NamedNode } from './namedValues.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import type { Relation } from './relation.ts';
import { sha256 } from './sha256.ts';

/** A snapshot before its template is rendered. */
interface WrittenSnapshot {
  readonly name: string;
  readonly template: Template;
  readonly rawCode: string;
  /** Text of the file that it stands in. */
  readonly fileText: string;
  readonly path: string;
  readonly fqn: readonly string[];
  readonly place: Location;
  readonly properties: NodeProperties | undefined;
}

/** The `{% snapshot %}` blocks of a file; their fqn has the file's name (dbt-core: core/dbt/parser/snapshots.py). */
export function draftSnapshots(
  drafting: Drafting,
  file: SqlFile,
  propertiesOf: (name: string) => NodeProperties | undefined,
): readonly NodeDraft[] {
  const parsed = parseTemplate(file.text, file.path);
  const blocks = parsed.value.definitions.filter(({ kind }) => kind === 'snapshot');
  const folders = file.relativePath.split('/').slice(0, -1);
  return blocks.map((block) =>
    draft(drafting, {
      name: block.name,
      template: definitionTemplate(parsed.value, block),
      rawCode: block.bodyText,
      fileText: file.text,
      path: file.relativePath,
      fqn: [drafting.project.config.name, ...folders, file.name, block.name],
      place: { file: file.path, range: block.nameRange },
      properties: propertiesOf(block.name),
    }),
  );
}

/** A snapshot that is written in YAML alone: all rows of its `relation`; its fqn has no file's name (dbt-core: core/dbt/parser/schemas.py). */
export function draftYamlSnapshot(drafting: Drafting, properties: NodeProperties): NodeDraft {
  const { name, file, range, relation } = properties;
  const rawCode = `select * from {{ ${relation?.call ?? ''} }}`;
  const { value: template } = parseTemplate(rawCode, file);
  const below = belowResourcePath(drafting.project, file).split('/');
  const found = draft(drafting, {
    name,
    template,
    rawCode,
    fileText: relation?.fileText ?? rawCode,
    path: `${below.join('/')}/${name}.sql`,
    fqn: [drafting.project.config.name, ...below.slice(0, -1), name],
    place: { file, range },
    properties,
  });
  const inYaml = <T>(one: T): T => ({ ...one, file, range });
  return {
    ...found,
    refs: found.refs.map(inYaml),
    sources: found.sources.map(inYaml),
    diagnostics: found.diagnostics.map(inYaml),
  };
}

function draft(drafting: Drafting, written: WrittenSnapshot): NodeDraft {
  const { project } = drafting;
  const { name, template, place, properties, fqn } = written;
  const outside = nodeConfigOf(drafting, 'snapshots', fqn, properties?.config ?? {});
  const named = namedSnapshot(drafting, written);
  const relation = (config: NodeConfig): Relation => snapshotRelation(drafting, named, config);
  const parsed = parseTemplateNode({
    ...drafting,
    template,
    node: named,
    relation: relation(outside),
    config: outside,
  });
  const config = nodeConfigOf(drafting, 'snapshots', fqn, properties?.config ?? {}, parsed.config);
  const enabled = isEnabled(config);
  const hooks = hookUses(drafting, config, { node: named, relation: relation(config) });
  return {
    node: {
      resourceType: 'snapshot',
      uniqueId: uniqueId('snapshot', project.config.name, name),
      name,
      packageName: project.config.name,
      path: written.path,
      originalFilePath: place.file,
      range: place.range,
      fqn,
      config,
      unrenderedConfig: unrenderedConfigOf(drafting, 'snapshots', fqn, properties?.config, parsed.written),
      tags: tagsOf(config),
      dependsOn: [],
      ...tableProperties(relation(config), properties),
      rawCode: written.rawCode,
      macroIds: parsed.macroIds,
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      checksum: sha256(written.fileText.trim()),
      template,
    },
    refs: [...parsed.refs, ...hooks.refs],
    sources: [...parsed.sources, ...hooks.sources],
    reads: [],
    enabled,
    diagnostics: [...parsed.diagnostics, ...(enabled ? [...configFaults(config, place), ...hooks.diagnostics] : [])],
  };
}

function namedSnapshot({ project }: Drafting, { name, path, fqn, place }: WrittenSnapshot): NamedNode {
  const { name: packageName } = project.config;
  const id = uniqueId('snapshot', packageName, name);
  return { resourceType: 'snapshot', uniqueId: id, name, packageName, path, originalFilePath: place.file, fqn };
}

/** `target_schema` and `target_database` are taken as they are; without them a snapshot is placed as a model is. */
function snapshotRelation({ names }: Drafting, named: NamedNode, config: NodeConfig): Relation {
  const byRule = names.relationOf(named, config);
  return {
    ...byRule,
    schema: textConfig(config, 'target_schema') ?? byRule.schema,
    database: textConfig(config, 'target_database') ?? byRule.database,
  };
}

/** What dbt asks of a snapshot's config (core/dbt/artifacts/resources/v1/snapshot.py, final_validate). */
function configFaults(config: NodeConfig, place: Location): readonly Diagnostic[] {
  const fault = (detail: string): readonly Diagnostic[] => [diagnostic('compile.snapshotConfig', { detail }, place)];
  const strategy = textConfig(config, 'strategy');
  const checked = textList(config['check_cols']);
  if (strategy === undefined || textList(config['unique_key']).length === 0)
    return fault("Snapshots must be configured with a 'strategy' and 'unique_key'.");
  if (strategy === 'check') {
    if (checked.length === 0)
      return fault('A snapshot configured with the check strategy must specify a check_cols configuration.');
    return typeof config['check_cols'] === 'string' && config['check_cols'] !== 'all'
      ? fault(`Invalid value for 'check_cols': ${config['check_cols']}. Expected 'all' or a list of strings.`)
      : [];
  }
  if (strategy !== 'timestamp') return [diagnostic('compile.snapshotStrategy', { strategy }, place)];
  if (textConfig(config, 'updated_at') === undefined)
    return fault('A snapshot configured with the timestamp strategy must specify an updated_at configuration.');
  return checked.length > 0 ? fault("A 'timestamp' snapshot should not have 'check_cols'") : [];
}
