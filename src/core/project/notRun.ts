import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { packageNamespace } from './packageName.ts';

/** A resource that the project has and that the embedded engine does not run. */
export interface NotRun {
  /** As messages name it. */
  readonly kind: 'Python model' | 'package';
  readonly name: string;
  readonly file: string;
}

/** Models that are Python. */
export function notRunFiles(paths: readonly string[]): readonly NotRun[] {
  return paths.map((path) => ({ kind: 'Python model', name: path.slice(path.lastIndexOf('/') + 1, -3), file: path }));
}

/** One warning for each kind and file. */
export function notRunWarnings(all: readonly NotRun[]): readonly Diagnostic[] {
  const places = new Map(all.map((one) => [`${one.kind} ${one.file}`, one]));
  return [...places.values()].map(({ kind, file }) => {
    const names = all.filter((one) => one.kind === kind && one.file === file).map(({ name }) => name);
    return diagnostic('project.notRun', { kind, names }, { file });
  });
}

/** The package that is not there and that a name before a dot means. */
export function notRunPackage(all: readonly NotRun[], namespace: string): NotRun | undefined {
  return all.find((one) => one.kind === 'package' && packageNamespace(one.name) === namespace);
}
