import { diagnostic, hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { readFixtureFiles } from './fixtureFiles.ts';
import type { PlainMap } from './plainValue.ts';
import { isPlainMap } from './plainValue.ts';
import type { Project, SqlFile } from './project.ts';
import { notRunFiles, notRunWarnings, type NotRun } from './notRun.ts';
import type { ProjectConfig } from './projectConfig.ts';
import type { ProjectFiles } from './projectFiles.ts';
import type { Properties } from './properties.ts';
import { projectFile, readProjectConfig } from './readProjectConfig.ts';
import { readProperties } from './readProperties.ts';
import { readTarget, type ProfilesFile } from './readTarget.ts';
import { renderYaml, type RenderText } from './renderYaml.ts';
import { parseYaml, type YamlNode } from './yamlNode.ts';

export interface LoadOptions {
  readonly targetName: string | undefined;
  /** `--profile`; that of dbt_project.yml when undefined. */
  readonly profileName?: string | undefined;
  /** `--target-path`; that of dbt_project.yml when undefined. */
  readonly targetPath?: string | undefined;
  readonly vars: PlainMap;
  /** profiles.yml from another folder; the project's own when undefined. */
  readonly profiles: ProfilesFile | undefined;
  /** Renders the Jinja of dbt_project.yml and profiles.yml; `file` names the file that is read. */
  readonly renderText: (file: string) => RenderText;
  /** Renders the Jinja of properties files, which see the target and the project's vars too. */
  readonly renderProperties: (project: Pick<Project, 'config' | 'target' | 'vars'>) => (file: string) => RenderText;
}

/** Reads a project's files. Without a value nothing can be run; with one, faulty parts are left out and reported. */
export async function loadProject(files: ProjectFiles, options: LoadOptions): Promise<Outcome<Project | undefined>> {
  const text = await files.readText(projectFile);
  if (text === undefined) {
    return { value: undefined, diagnostics: [diagnostic('project.missing', {}, { file: projectFile })] };
  }
  const read = readProjectConfig(text, options.renderText(projectFile));
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const config = { ...read.value, targetPath: options.targetPath ?? read.value.targetPath };
  const own = await files.readText('profiles.yml');
  const profiles = options.profiles ?? (own === undefined ? undefined : { file: 'profiles.yml', text: own });
  const target = readTarget(
    { profileName: options.profileName ?? config.profile, targetName: options.targetName, profiles },
    options.renderText(profiles?.file ?? 'profiles.yml'),
  );
  const listed = await files.list();
  const vars = { ...projectVars(config), ...options.vars };
  const render = options.renderProperties({ config, target: target.value, vars });
  const properties = await readAllProperties(files, config, listed, render);
  const selectors = await readSelectorsYaml(files, options.renderText('selectors.yml'));
  const notRun = await notRunInFiles(files, config, listed);
  const diagnostics = [
    ...read.diagnostics,
    ...target.diagnostics,
    ...properties.diagnostics,
    ...selectors.diagnostics,
    ...notRunWarnings(notRun),
  ];
  if (hasErrors(target.diagnostics)) return { value: undefined, diagnostics };
  const seeds = below(listed, config.seedPaths, '.csv').map(({ path, relativePath }) => ({
    path,
    relativePath,
    name: baseName(path, '.csv'),
  }));
  const value: Project = {
    config,
    target: target.value,
    vars,
    models: await sqlFiles(files, listed, config.modelPaths),
    snapshots: await sqlFiles(files, listed, config.snapshotPaths),
    analyses: await sqlFiles(files, listed, config.analysisPaths),
    tests: await sqlFiles(files, listed, config.testPaths, (path) => !/^(?:generic|fixtures)\//.test(path)),
    macros: [
      ...(await sqlFiles(files, listed, config.macroPaths)),
      ...(await sqlFiles(files, listed, config.testPaths, (path) => path.startsWith('generic/'))),
    ],
    seeds,
    properties: properties.value,
    fixtures: await readFixtureFiles(
      files,
      { seeds, files: listed, testPaths: config.testPaths },
      properties.value.unitTests,
    ),
    selectors: selectors.value,
    notRun,
    files: listed,
  };
  return { value, diagnostics };
}

/** selectors.yml with its Jinja rendered; its form is read where nodes are selected. */
async function readSelectorsYaml(files: ProjectFiles, render: RenderText): Promise<Outcome<YamlNode | undefined>> {
  const text = await files.readText('selectors.yml');
  const parsed = parseYaml(text ?? '', 'selectors.yml');
  if (parsed.value === undefined) return parsed;
  const rendered = renderYaml(parsed.value, render);
  return { value: rendered.value, diagnostics: [...parsed.diagnostics, ...rendered.diagnostics] };
}

/** Vars at the top of `vars:` with those under the project's own name over them. */
function projectVars(config: ProjectConfig): PlainMap {
  const own = config.vars[config.name];
  const shared = Object.entries(config.vars).filter(([key]) => key !== config.name);
  return { ...Object.fromEntries(shared), ...(isPlainMap(own) ? own : {}) };
}

interface Found {
  readonly path: string;
  readonly relativePath: string;
}

function below(listed: readonly string[], folders: readonly string[], extension: string): readonly Found[] {
  return folders.flatMap((folder) =>
    listed
      .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(extension))
      .map((path) => ({ path, relativePath: path.slice(folder.length + 1) })),
  );
}

async function sqlFiles(
  files: ProjectFiles,
  listed: readonly string[],
  folders: readonly string[],
  wanted: (relativePath: string) => boolean = () => true,
): Promise<readonly SqlFile[]> {
  const found = below(listed, folders, '.sql').filter((one) => wanted(one.relativePath));
  const read = await Promise.all(
    found.map(async ({ path, relativePath }) => {
      const text = await files.readText(path);
      return text === undefined ? [] : [{ path, relativePath, name: baseName(path, '.sql'), text }];
    }),
  );
  return read.flat();
}

async function readAllProperties(
  files: ProjectFiles,
  config: ProjectConfig,
  listed: readonly string[],
  render: (file: string) => RenderText,
): Promise<Outcome<Properties>> {
  const folders = [
    ...new Set([
      ...config.modelPaths,
      ...config.seedPaths,
      ...config.testPaths,
      ...config.macroPaths,
      ...config.snapshotPaths,
    ]),
  ];
  const found = [...below(listed, folders, '.yml'), ...below(listed, folders, '.yaml')];
  const texts = await Promise.all(found.map(async ({ path }) => ({ path, text: (await files.readText(path)) ?? '' })));
  const read = texts.map(({ path, text }) => readProperties(text, path, render(path)));
  return {
    value: {
      nodes: read.flatMap((one) => one.value.nodes),
      sources: read.flatMap((one) => one.value.sources),
      exposures: read.flatMap((one) => one.value.exposures),
      unitTests: read.flatMap((one) => one.value.unitTests),
    },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

async function notRunInFiles(
  files: ProjectFiles,
  config: ProjectConfig,
  listed: readonly string[],
): Promise<readonly NotRun[]> {
  const wanted = [
    ...below(listed, config.modelPaths, '.py'),
    ...listed.filter((path) => path === 'packages.yml' || path === 'dependencies.yml').map((path) => ({ path })),
  ];
  const texts = wanted.map(async ({ path }) => ({ path, text: (await files.readText(path)) ?? '' }));
  return notRunFiles(config, await Promise.all(texts));
}

function baseName(path: string, extension: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -extension.length);
}
