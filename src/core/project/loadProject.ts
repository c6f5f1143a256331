import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Memo, Recall } from './memo.ts';
import { declaredPackages, packageFolders, uninstalled } from './packages.ts';
import type { PlainMap } from './plainValue.ts';
import { isPlainMap } from './plainValue.ts';
import type { Project } from './project.ts';
import { notRunWarnings } from './notRun.ts';
import type { ProjectConfig } from './projectConfig.ts';
import type { TextFiles } from './projectFiles.ts';
import { projectFile, readProjectConfig } from './readProjectConfig.ts';
import { readResources } from './readResources.ts';
import { chosenProfiles, ownProfiles, readTarget, type ProfilesFile } from './readTarget.ts';
import { renderYaml, type RenderText } from './renderYaml.ts';
import type { Target } from './target.ts';
import { parseYaml, type YamlNode } from './yamlNode.ts';

/** What the templates of a project's properties files may know of it. */
export type PropertiesScope = Pick<Project, 'config' | 'target' | 'vars' | 'rootName'>;

/** Renders the Jinja of dbt_project.yml, with the target once it is known, and of profiles.yml; `file` is what is read. */
export type RenderProject = (file: string, target?: Target) => RenderText;

export interface LoadOptions {
  readonly targetName: string | undefined;
  /** `--profile`; that of dbt_project.yml when undefined. */
  readonly profileName?: string | undefined;
  /** `--target-path`; that of dbt_project.yml when undefined. */
  readonly targetPath?: string | undefined;
  readonly vars: PlainMap;
  /** profiles.yml from another folder; the project's own when undefined. */
  readonly profiles: ProfilesFile | undefined;
  readonly renderText: RenderProject;
  /** Renders the Jinja of properties files, which see the target and the project's vars too. */
  readonly renderProperties: (project: PropertiesScope) => (file: string) => RenderText;
  /** What was made of files that are the same is taken from here. */
  readonly memo: Memo;
}

/** Reads a project's files. Without a value nothing can be run; with one, faulty parts are left out and reported. */
export async function loadProject(files: TextFiles, options: LoadOptions): Promise<Outcome<Project | undefined>> {
  const text = await files.readText(projectFile);
  if (text === undefined) {
    return { value: undefined, diagnostics: [diagnostic('project.missing', {}, { file: projectFile })] };
  }
  const before = readProjectConfig(text, projectFile, options.renderText(projectFile));
  if (before.value === undefined) return { value: undefined, diagnostics: before.diagnostics };
  const profiles = chosenProfiles(options.profiles, await files.readText(ownProfiles));
  const target = readTarget(
    { profileName: options.profileName ?? before.value.profile, targetName: options.targetName, profiles },
    options.renderText(profiles?.file ?? ownProfiles),
  );
  if (hasErrors(target.diagnostics)) {
    return { value: undefined, diagnostics: target.diagnostics };
  }
  // Its Jinja may ask for the target, which its profile has told by now.
  const read = text.includes('target')
    ? readProjectConfig(text, projectFile, options.renderText(projectFile, target.value))
    : before;
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const config = { ...read.value, targetPath: options.targetPath ?? read.value.targetPath };
  const listed = await files.list();
  const scope = {
    config,
    target: target.value,
    vars: { ...varsFor(config.vars, config.name), ...options.vars },
    rootName: config.name,
  };
  const render = options.renderProperties(scope);
  const resources = await readResources({
    files,
    listed,
    folder: '',
    config,
    render,
    recall: recallIn(options, scope),
  });
  const { value: declared, diagnostics: misdeclared } = await declaredPackages(files);
  const packages = await loadPackages(
    files,
    options,
    { ...scope, files: listed },
    packageFolders(config, listed, declared),
  );
  const selectors = await readSelectorsYaml(files, options.renderText('selectors.yml', target.value));
  const missing = uninstalled(
    declared,
    packages.value.map((one) => ({ name: one.config.name, folder: one.folder })),
  );
  const notRun = [...resources.value.notRun, ...missing];
  const value: Project = {
    ...resources.value,
    ...scope,
    selectors: selectors.value,
    notRun,
    folder: '',
    packages: packages.value,
    files: listed,
  };
  const diagnostics = [
    ...read.diagnostics,
    ...target.diagnostics,
    ...resources.diagnostics,
    ...misdeclared,
    ...packages.diagnostics,
    ...selectors.diagnostics,
    ...notRunWarnings(notRun),
  ];
  return { value, diagnostics };
}

/** Recalls what was read of properties files that could know the same. */
function recallIn({ memo }: LoadOptions, { config, target, vars, rootName }: PropertiesScope): Recall {
  return memo.within(`properties of ${config.name}`, [JSON.stringify([config, target, vars, rootName])]);
}

/** selectors.yml with its Jinja rendered; its form is read where nodes are selected. */
async function readSelectorsYaml(files: TextFiles, render: RenderText): Promise<Outcome<YamlNode | undefined>> {
  const text = await files.readText('selectors.yml');
  const parsed = parseYaml(text ?? '', 'selectors.yml');
  if (parsed.value === undefined) return parsed;
  const rendered = renderYaml(parsed.value, render);
  return { value: rendered.value, diagnostics: [...parsed.diagnostics, ...rendered.diagnostics] };
}

/** Reads the packages in these folders; one whose dbt_project.yml cannot be read is left out and reported. */
async function loadPackages(
  files: TextFiles,
  options: LoadOptions,
  root: PropertiesScope & Pick<Project, 'files'>,
  folders: readonly string[],
): Promise<Outcome<readonly Project[]>> {
  const value: Project[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const folder of folders) {
    const file = `${folder}${projectFile}`;
    const read = readProjectConfig((await files.readText(file)) ?? '', file, options.renderText(file, root.target));
    diagnostics.push(...read.diagnostics);
    if (read.value === undefined) continue;
    const config = read.value;
    const scope = { ...root, config, vars: packageVars(config, root.config, options.vars) };
    const render = options.renderProperties(scope);
    const recall = recallIn(options, scope);
    const resources = await readResources({ files, listed: root.files, folder, config, render, recall });
    diagnostics.push(...resources.diagnostics);
    value.push({ ...resources.value, ...scope, folder, packages: [], selectors: undefined });
  }
  return { value, diagnostics };
}

/** Vars of the command line over those of the project that is run, over the package's own (dbt-core: context/configured.py). */
function packageVars(config: ProjectConfig, root: ProjectConfig, given: PlainMap): PlainMap {
  return { ...varsFor(config.vars, config.name), ...varsFor(root.vars, config.name), ...given };
}

/** Vars at the top of `vars:` with those under a package's name over them. */
function varsFor(vars: PlainMap, packageName: string): PlainMap {
  const own = vars[packageName];
  return { ...vars, ...(isPlainMap(own) ? own : {}) };
}
