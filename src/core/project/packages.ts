import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { NotRun } from './notRun.ts';
import type { ProjectConfig } from './projectConfig.ts';
import type { TextFiles } from './projectFiles.ts';
import { folderName, packageNamespace } from './packageName.ts';
import { projectFile } from './readProjectConfig.ts';
import { entryOf, itemsOf, parseYaml, textOf } from './yamlNode.ts';

/** An entry of packages.yml or dependencies.yml. */
export interface DeclaredPackage {
  /** `dbt-labs/dbt_utils`, the address of a repository, or the folder of a local package. */
  readonly name: string;
  readonly isLocal: boolean;
  readonly file: string;
}

/** Where a project says which packages it needs; only the first has nothing else. */
const packageFiles = ['packages.yml', 'dependencies.yml'] as const;
const packageKinds = ['package', 'git', 'tarball', 'private'];

/** The packages that a project says it needs, in one of two files (dbt-core: core/dbt/config/project.py, renderer.py). */
export async function declaredPackages(files: TextFiles): Promise<Outcome<readonly DeclaredPackage[]>> {
  const read = await Promise.all(
    packageFiles.map(async (file) => packagesIn(file, (await files.readText(file)) ?? '')),
  );
  const isTwice = read.every(({ value }) => value.length > 0);
  const twice = isTwice ? [diagnostic('project.packagesTwice', {}, { file: packageFiles[1] })] : [];
  return {
    value: read.flatMap((one) => one.value),
    diagnostics: [...read.flatMap((one) => one.diagnostics), ...twice],
  };
}

function packagesIn(file: (typeof packageFiles)[number], text: string): Outcome<readonly DeclaredPackage[]> {
  const { value: root, diagnostics: found } = parseYaml(text, file);
  const diagnostics = [...found];
  const list = entryOf(root, 'packages');
  const isNeeded =
    root?.kind === 'map' && (file === 'packages.yml' || root.entries.some(({ key }) => key === 'packages'));
  if (isNeeded && list?.kind !== 'list')
    diagnostics.push(diagnostic('project.notAList', { where: 'packages' }, { file, range: (list ?? root).range }));
  const value = itemsOf(list).flatMap((item): DeclaredPackage[] => {
    const local = textOf(entryOf(item, 'local'));
    if (local !== undefined) return [{ name: local, isLocal: true, file }];
    const name = packageKinds.flatMap((key) => textOf(entryOf(item, key)) ?? [])[0];
    if (name !== undefined) return [{ name, isLocal: false, file }];
    const detail = `it is a mapping with one of local, ${packageKinds.join(', ')}`;
    diagnostics.push(diagnostic('project.propertyShape', { what: 'A package', detail }, { file, range: item.range }));
    return [];
  });
  return { value, diagnostics };
}

/**
 * The folders, with a slash at the end, of the packages that are there: those below packages-install-path, as dbt
 * reads them, and local ones that were not installed and stand within the project.
 */
export function packageFolders(
  { packagesPath }: ProjectConfig,
  listed: readonly string[],
  declared: readonly DeclaredPackage[],
): readonly string[] {
  const prefix = `${packagesPath}/`;
  const installed = listed
    .filter((path) => path.startsWith(prefix) && path.endsWith(`/${projectFile}`))
    .map((path) => path.slice(0, -projectFile.length))
    .filter((folder) => folder.slice(prefix.length).split('/').length === 2);
  const local = declared.filter((one) => one.isLocal).map(({ name }) => `${localFolder(name)}/`);
  const names = new Set(installed.map(folderName));
  const others = local.filter((folder) => listed.includes(`${folder}${projectFile}`) && !names.has(folderName(folder)));
  return [...installed, ...others];
}

/** The declared packages that are not there; what uses them cannot be run. */
export function uninstalled(
  declared: readonly DeclaredPackage[],
  present: readonly { readonly name: string; readonly folder: string }[],
): readonly NotRun[] {
  const names = new Set(present.flatMap(({ name, folder }) => [name, folderName(folder)]));
  const folders = new Set(present.map(({ folder }) => folder));
  return declared
    .filter(
      ({ name, isLocal }) => !(isLocal && folders.has(`${localFolder(name)}/`)) && !names.has(packageNamespace(name)),
    )
    .map(({ name, file }) => ({ kind: 'package', name, file }));
}

function localFolder(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}
