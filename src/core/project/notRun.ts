import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ProjectConfig } from './projectConfig.ts';

/** A resource that the project has and that the embedded engine does not run. */
export interface NotRun {
  /** As messages name it. */
  readonly kind: 'Python model' | 'package';
  readonly name: string;
  readonly file: string;
}

/** Resources that are files, by their paths and texts. */
export function notRunFiles(
  config: ProjectConfig,
  files: readonly { readonly path: string; readonly text: string }[],
): readonly NotRun[] {
  const below = (folders: readonly string[], path: string): boolean =>
    folders.some((folder) => path.startsWith(`${folder}/`));
  return files.flatMap(({ path, text }): NotRun[] => {
    if (path === 'packages.yml' || path === 'dependencies.yml') {
      return [...text.matchAll(/^\s*-?\s*(?:package|git|local):\s*["']?([^\s"']+)/gm)].map((match) => ({
        kind: 'package',
        name: match[1] ?? '',
        file: path,
      }));
    }
    if (path.endsWith('.py') && below(config.modelPaths, path)) {
      return [{ kind: 'Python model', name: path.slice(path.lastIndexOf('/') + 1, -3), file: path }];
    }
    return [];
  });
}

/** One warning for each kind and file. */
export function notRunWarnings(all: readonly NotRun[]): readonly Diagnostic[] {
  const places = new Map(all.map((one) => [`${one.kind} ${one.file}`, one]));
  return [...places.values()].map(({ kind, file }) => {
    const names = all.filter((one) => one.kind === kind && one.file === file).map(({ name }) => name);
    return diagnostic('project.notRun', { kind, names }, { file });
  });
}

/** The package that a name before a dot means: `dbt_utils` is `dbt-labs/dbt_utils`, or a repository of that name. */
export function notRunPackage(all: readonly NotRun[], namespace: string): NotRun | undefined {
  return all.find((one) => one.kind === 'package' && packageNamespace(one) === namespace);
}

/** The name under which templates call a package's macros. */
export function packageNamespace({ name }: NotRun): string {
  return name
    .replace(/\.git$/, '')
    .slice(name.lastIndexOf('/') + 1)
    .replaceAll('-', '_');
}
