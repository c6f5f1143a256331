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

/** The packages that a project says it needs. A file that is no YAML declares none: `dbt deps` is who reads it. */
export async function declaredPackages(files: TextFiles): Promise<readonly DeclaredPackage[]> {
  const found = await Promise.all(
    ['packages.yml', 'dependencies.yml'].map(async (file): Promise<readonly DeclaredPackage[]> => {
      const text = await files.readText(file);
      const root = text === undefined ? undefined : parseYaml(text, file).value;
      return itemsOf(entryOf(root, 'packages')).flatMap((item): DeclaredPackage[] => {
        const local = textOf(entryOf(item, 'local'));
        if (local !== undefined) return [{ name: local, isLocal: true, file }];
        const name = ['package', 'git', 'tarball', 'private'].flatMap((key) => textOf(entryOf(item, key)) ?? [])[0];
        return name === undefined ? [] : [{ name, isLocal: false, file }];
      });
    }),
  );
  return found.flat();
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
