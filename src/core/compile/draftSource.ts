import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { externalLocation, isProjectCsv } from '../project/externalLocation.ts';
import { tagsOf } from '../project/nodeConfig.ts';
import type { SourceProperties } from '../project/properties.ts';
import { textList, type PlainMap } from '../project/plainValue.ts';
import { noFreshness } from '../project/sourceFreshness.ts';
import { uniqueId } from '../project/uniqueId.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { SourceNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { belowResourcePath, fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';

/** A declared source table; `files` are the project's, to find its data by convention. */
export function draftSource(drafting: Drafting, properties: SourceProperties): NodeDraft {
  const { project } = drafting;
  const place = fqnOf(project.config.name, belowResourcePath(project, properties.file), properties.sourceName);
  const fqn = [...place, properties.name] as const;
  const config = nodeConfigOf(drafting, 'sources', fqn, properties.config);
  const location = dataFileOf({ ...properties, config }, project.files);
  const node: SourceNode = {
    resourceType: 'source',
    uniqueId: uniqueId('source', project.config.name, properties.sourceName, properties.name),
    name: properties.name,
    packageName: project.config.name,
    path: properties.file,
    originalFilePath: properties.file,
    range: properties.range,
    fqn,
    description: properties.description,
    config: {
      ...config,
      ...(config['tags'] !== undefined && { tags: textList(config['tags']) }),
      freshness: config['freshness'] === undefined ? noFreshness : config['freshness'],
    },
    unrenderedConfig: unrenderedConfigOf(drafting, 'sources', fqn, comparedConfig(properties.config)),
    tags: tagsOf(config),
    dependsOn: [],
    relation: {
      database: properties.database ?? project.target.database,
      schema: properties.schema,
      identifier: properties.identifier,
    },
    columns: properties.columns,
    docBlocks: properties.docBlocks,
    patchPath: undefined,
    sourceName: properties.sourceName,
    sourceDescription: properties.sourceDescription,
    loader: properties.loader,
    dataFile: location.value,
  };
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics: location.diagnostics };
}

/** What dbt keeps of a source's config to compare: meta always, and tags once each in their order. */
function comparedConfig(config: PlainMap): PlainMap {
  return { meta: {}, ...config, tags: [...new Set(textList(config['tags']))].sort() };
}

/** The CSV of a source's rows; none when the default place is empty: the table may then be made by something else. */
function dataFileOf(source: SourceProperties, files: readonly string[]): Outcome<string | undefined> {
  const { path, isDeclared } = externalLocation(source);
  if (!isDeclared) return { value: files.includes(path) ? path : undefined, diagnostics: [] };
  if (isProjectCsv(path)) return { value: path, diagnostics: [] };
  return { value: undefined, diagnostics: [diagnostic('run.locationNotRead', { location: path }, source)] };
}
