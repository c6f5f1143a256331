import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { fileStart } from '../diagnostics/text.ts';
import { parseTemplate } from '../jinja/template.ts';
import { mergeConfigs, textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import { textList, type PlainMap } from '../project/plainValue.ts';
import type { Project, SqlFile } from '../project/project.ts';
import { externalLocation, isProjectCsv } from '../project/externalLocation.ts';
import type { ExposureProperties, NodeProperties, SourceProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { MacroScope } from './macroScope.ts';
import type { Materialization, ModelNode, SeedNode, SourceNode, TestVerdictRule } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import type { ProjectScope } from './nodeGlobals.ts';
import { fqnOf, projectConfigOf, relationOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import { sha256 } from './sha256.ts';

/** What drafting nodes of a project needs. */
export interface Drafting {
  readonly project: Project;
  readonly scope: ProjectScope;
  readonly macros: MacroScope;
}

const materializations: readonly Materialization[] = ['table', 'view', 'ephemeral'];

/** Reads a model's file and what YAML says of it. */
export function draftModel(drafting: Drafting, file: SqlFile, properties: NodeProperties | undefined): NodeDraft {
  const { project } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const outside = mergeConfigs(projectConfigOf(project, 'models', fqn), properties?.config ?? {});
  const { value: template } = parseTemplate(file.text, file.path);
  const parsed = parseTemplateNode({
    ...drafting,
    template,
    relation: relationOf(project, file.name, outside),
    config: outside,
  });
  const config = mergeConfigs(outside, parsed.config);
  const wanted = textConfig(config, 'materialized') ?? 'view';
  const materialized = materializations.find((one) => one === wanted);
  const place = { file: file.path, range: fileStart };
  const unsupported =
    materialized === undefined
      ? [diagnostic('compile.unsupportedMaterialization', { materialized: wanted }, place, { severity: 'warning' })]
      : [];
  const node: ModelNode = {
    resourceType: 'model',
    uniqueId: uniqueId('model', project.config.name, file.name),
    name: file.name,
    packageName: project.config.name,
    path: file.relativePath,
    originalFilePath: file.path,
    range: fileStart,
    fqn,
    description: properties?.description ?? '',
    config,
    tags: textList(config['tags']),
    dependsOn: [],
    relation: relationOf(project, file.name, config),
    columns: properties?.columns ?? [],
    patchPath: properties?.file,
    rawCode: file.text.trim(),
    refs: parsed.refs.map((use) => use.call),
    sources: parsed.sources.map((use) => use.call),
    materialized: materialized ?? 'view',
    checksum: sha256(file.text.trim()),
    template,
    supported: materialized !== undefined,
  };
  const diagnostics = [...parsed.diagnostics, ...unsupported];
  return { node, refs: parsed.refs, sources: parsed.sources, reads: [], enabled: isEnabled(config), diagnostics };
}

/** Reads what YAML says of a seed; its rows are read when it is loaded. */
export function draftSeed(
  drafting: Drafting,
  file: Project['seeds'][number],
  properties: NodeProperties | undefined,
): NodeDraft {
  const { project } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const config = mergeConfigs(projectConfigOf(project, 'seeds', fqn), properties?.config ?? {});
  const node: SeedNode = {
    resourceType: 'seed',
    uniqueId: uniqueId('seed', project.config.name, file.name),
    name: file.name,
    packageName: project.config.name,
    path: file.relativePath,
    originalFilePath: file.path,
    range: fileStart,
    fqn,
    description: properties?.description ?? '',
    config,
    tags: textList(config['tags']),
    dependsOn: [],
    relation: relationOf(project, file.name, config),
    columns: properties?.columns ?? [],
    patchPath: properties?.file,
  };
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics: [] };
}

/** A declared source table; `files` are the project's, to find its data by convention. */
export function draftSource(drafting: Drafting, properties: SourceProperties): NodeDraft {
  const { project } = drafting;
  const fqn = [project.config.name, properties.sourceName, properties.name];
  const config = mergeConfigs(projectConfigOf(project, 'sources', fqn), properties.config);
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
    config,
    tags: textList(config['tags']),
    dependsOn: [],
    relation: {
      database: properties.database ?? project.target.database,
      schema: properties.schema,
      identifier: properties.identifier,
    },
    columns: properties.columns,
    patchPath: undefined,
    sourceName: properties.sourceName,
    sourceDescription: properties.sourceDescription,
    loader: properties.loader,
    dataFile: location.value,
  };
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics: location.diagnostics };
}

/** The CSV of a source's rows; none when the default place is empty: the table may then be made by something else. */
function dataFileOf(source: SourceProperties, files: readonly string[]): Outcome<string | undefined> {
  const { path, isDeclared } = externalLocation(source);
  if (!isDeclared) return { value: files.includes(path) ? path : undefined, diagnostics: [] };
  if (isProjectCsv(path)) return { value: path, diagnostics: [] };
  return { value: undefined, diagnostics: [diagnostic('run.locationNotRead', { location: path }, source)] };
}

/** A singular test: a file whose rows are the failures. */
export function draftSingularTest(drafting: Drafting, file: SqlFile): NodeDraft {
  const { project } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const outside = projectConfigOf(project, 'data_tests', fqn);
  const { value: template } = parseTemplate(file.text, file.path);
  const relation = relationOf(project, file.name, {});
  const parsed = parseTemplateNode({ ...drafting, template, relation, config: outside });
  const config = mergeConfigs(outside, parsed.config);
  return {
    node: {
      resourceType: 'test',
      uniqueId: uniqueId('test', project.config.name, file.name),
      name: file.name,
      packageName: project.config.name,
      path: file.relativePath,
      originalFilePath: file.path,
      range: fileStart,
      fqn,
      description: '',
      config,
      tags: textList(config['tags']),
      dependsOn: [],
      alias: file.name,
      rawCode: file.text.trim(),
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      verdictRule: verdictRule(config),
      generic: undefined,
      checksum: sha256(file.text.trim()),
      template,
    },
    refs: parsed.refs,
    sources: parsed.sources,
    reads: [],
    enabled: isEnabled(config),
    diagnostics: [...parsed.diagnostics, ...endingSemicolon(file)],
  };
}

/** An exposure, whose `depends_on` is written as calls of ref and source. */
export function draftExposure(drafting: Drafting, properties: ExposureProperties): NodeDraft {
  const { project } = drafting;
  const fqn = [project.config.name, ...properties.file.split('/').slice(1, -1), properties.name];
  const calls = properties.dependsOn.map((call) => `{{ ${call} }}`).join('');
  const { value: template } = parseTemplate(calls, properties.file);
  const relation = relationOf(project, properties.name, {});
  const parsed = parseTemplateNode({ ...drafting, template, relation, config: properties.config });
  const inYaml = <T>(use: T): T => ({ ...use, file: properties.file, range: properties.range });
  return {
    node: {
      resourceType: 'exposure',
      uniqueId: uniqueId('exposure', project.config.name, properties.name),
      name: properties.name,
      packageName: project.config.name,
      path: properties.file,
      originalFilePath: properties.file,
      range: properties.range,
      fqn,
      description: properties.description,
      config: properties.config,
      tags: textList(properties.config['tags']),
      dependsOn: [],
      properties,
    },
    refs: parsed.refs.map(inYaml),
    sources: parsed.sources.map(inYaml),
    reads: [],
    enabled: isEnabled(properties.config),
    diagnostics: parsed.diagnostics.map(inYaml),
  };
}

export function isEnabled(config: PlainMap): boolean {
  return config['enabled'] !== false;
}

/** A test's rule with dbt's defaults (core/dbt/artifacts/resources/v1/config.py, TestConfig). */
export function verdictRule(config: NodeConfig): TestVerdictRule {
  const limit = config['limit'];
  return {
    severity: textConfig(config, 'severity')?.toLowerCase() === 'warn' ? 'warn' : 'error',
    warnIf: textConfig(config, 'warn_if') ?? '!= 0',
    errorIf: textConfig(config, 'error_if') ?? '!= 0',
    failCalc: textConfig(config, 'fail_calc') ?? 'count(*)',
    limit: typeof limit === 'number' ? limit : undefined,
  };
}

function endingSemicolon(file: SqlFile): readonly Diagnostic[] {
  const text = file.text.trimEnd();
  if (!text.endsWith(';')) return [];
  const before = text.slice(0, -1).split('\n');
  const line = before.length - 1;
  const character = before[line]?.length ?? 0;
  const range = { start: { line, character }, end: { line, character: character + 1 } };
  return [diagnostic('compile.singularTestSemicolon', {}, { file: file.path, range })];
}
