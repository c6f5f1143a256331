import type { Outcome } from '../diagnostics/diagnostic.ts';
import { readFixtureFiles } from './fixtureFiles.ts';
import type { Recall } from './memo.ts';
import { notRunFiles } from './notRun.ts';
import type { Project, SqlFile } from './project.ts';
import { resourcePaths, type ProjectConfig } from './projectConfig.ts';
import type { TextFiles } from './projectFiles.ts';
import type { Properties } from './properties.ts';
import { readProperties } from './readProperties.ts';
import type { RenderText } from './renderYaml.ts';

/** The parts of a project that are files below its paths. */
export type Resources = Pick<
  Project,
  'models' | 'snapshots' | 'analyses' | 'tests' | 'macros' | 'seeds' | 'docs' | 'properties' | 'fixtures' | 'notRun'
>;

/** Where a project, or a package of one, is read from. */
export interface ResourcePlace {
  readonly files: TextFiles;
  /** Every file of the project that is run. */
  readonly listed: readonly string[];
  readonly folder: string;
  readonly config: ProjectConfig;
  readonly render: (file: string) => RenderText;
  /** Recalls what was read of properties files with the same rendering. */
  readonly recall: Recall;
}

/** Reads the models, tests, macros, seeds and properties below a project's paths. */
export async function readResources(place: ResourcePlace): Promise<Outcome<Resources>> {
  const { config } = place;
  const properties = await readAllProperties(place);
  const python = below(place, config.modelPaths, '.py').map(({ path }) => path);
  const isGeneric = (path: string): boolean => path.startsWith('generic/');
  const isSingular = (path: string): boolean => !isGeneric(path) && !path.startsWith('fixtures/');
  const seeds = below(place, config.seedPaths, '.csv').map((found) => ({
    ...found,
    name: baseName(found.path, '.csv'),
  }));
  const value: Resources = {
    models: await sqlFiles(place, config.modelPaths),
    snapshots: await sqlFiles(place, config.snapshotPaths),
    analyses: await sqlFiles(place, config.analysisPaths),
    tests: await sqlFiles(place, config.testPaths, isSingular),
    macros: [...(await sqlFiles(place, config.macroPaths)), ...(await sqlFiles(place, config.testPaths, isGeneric))],
    seeds,
    docs: await textFiles(place, below(place, config.docsPaths, '.md')),
    properties: properties.value,
    fixtures: await readFixtureFiles(
      place.files,
      { seeds, files: place.listed, testPaths: config.testPaths.map((path) => `${place.folder}${path}`) },
      properties.value.unitTests,
    ),
    notRun: notRunFiles(python),
  };
  return { value, diagnostics: properties.diagnostics };
}

interface Found {
  readonly path: string;
  readonly relativePath: string;
}

function below({ listed, folder }: ResourcePlace, paths: readonly string[], extension: string): readonly Found[] {
  return paths.flatMap((path) => {
    const prefix = `${folder}${path}/`;
    return filesOf(listed, extension)
      .filter((file) => file.startsWith(prefix))
      .map((file) => ({ path: file, relativePath: file.slice(prefix.length) }));
  });
}

const byExtension = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/** The files that end so, found once for each list. */
function filesOf(listed: readonly string[], extension: string): readonly string[] {
  const known = byExtension.get(listed) ?? new Map<string, readonly string[]>();
  byExtension.set(listed, known);
  const found = known.get(extension) ?? listed.filter((file) => file.endsWith(extension));
  known.set(extension, found);
  return found;
}

async function sqlFiles(
  place: ResourcePlace,
  paths: readonly string[],
  wanted: (relativePath: string) => boolean = () => true,
): Promise<readonly SqlFile[]> {
  const found = below(place, paths, '.sql').filter((one) => wanted(one.relativePath));
  return (await textFiles(place, found)).map((file) => ({ ...file, name: baseName(file.path, '.sql') }));
}

async function textFiles(
  { files }: ResourcePlace,
  found: readonly Found[],
): Promise<readonly (Found & { readonly text: string })[]> {
  const texts = await Promise.all(found.map(({ path }) => files.readText(path)));
  return found.flatMap((one, at) => {
    const text = texts[at];
    return text === undefined ? [] : [{ ...one, text }];
  });
}

async function readAllProperties(place: ResourcePlace): Promise<Outcome<Properties>> {
  const { config, files, render, recall } = place;
  const paths = resourcePaths(config);
  const found = [...below(place, paths, '.yml'), ...below(place, paths, '.yaml')];
  const texts = await Promise.all(found.map(({ path }) => files.readText(path)));
  const read = found.map(({ path }, at) => {
    const text = texts[at] ?? '';
    return recall(path, [text], () => readProperties(text, path, render(path)));
  });
  return recall('all', read, () => together(read));
}

/** What several files say, as one. */
function together(read: readonly Outcome<Properties>[]): Outcome<Properties> {
  return {
    value: {
      nodes: read.flatMap((one) => one.value.nodes),
      sources: read.flatMap((one) => one.value.sources),
      exposures: read.flatMap((one) => one.value.exposures),
      unitTests: read.flatMap((one) => one.value.unitTests),
      groups: read.flatMap((one) => one.value.groups),
      macros: read.flatMap((one) => one.value.macros),
    },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

function baseName(path: string, extension: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -extension.length);
}
