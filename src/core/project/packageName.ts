/** The name under which templates call a package's macros: `dbt_utils` for `dbt-labs/dbt_utils`, or for a repository. */
export function packageNamespace(name: string): string {
  return folderName(name.replace(/\.git$/, '')).replaceAll('-', '_');
}

/** The last part of a path. */
export function folderName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}
