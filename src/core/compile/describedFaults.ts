import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { completeConfig } from './completeConfig.ts';
import type { ManifestNode } from './manifest.ts';
import { fileNames } from './propertiesOf.ts';

/** Properties of nodes that are in no file of the project. */
export function describedNothing(project: Project): readonly Diagnostic[] {
  const { models, seeds, analyses, tests } = project;
  const names = (files: readonly { readonly name: string }[]): ReadonlySet<string> =>
    new Set(files.map((one) => one.name));
  const named = { models: names(models), seeds: names(seeds), analyses: names(analyses), data_tests: names(tests) };
  return project.properties.nodes.flatMap((properties) => {
    const { kind, name, version, file, range } = properties;
    if (kind === 'snapshots') return [];
    const candidates = fileNames(properties);
    if (candidates.some((one) => named[kind].has(one))) return [];
    const shown = version === undefined ? name : (candidates[0] ?? name);
    return [diagnostic('compile.propertiesOfNothing', { kind, name: shown }, { file, range })];
  });
}

/** A node has one entry in the YAML files; versions are told apart by their own (parser/schemas.py, parse_patch). */
export function describedTwice(project: Project): readonly Diagnostic[] {
  const nowhere = new Set(describedNothing(project).map(({ range }) => range));
  const first = new Map<string, NodeProperties>();
  return project.properties.nodes.flatMap((one) => {
    const { kind, name, version, file, range } = one;
    if (nowhere.has(range)) return [];
    const key = `${kind} ${name} ${String(version?.v)}`;
    const other = first.get(key);
    first.set(key, other ?? one);
    return other === undefined
      ? []
      : [diagnostic('compile.describedTwice', { kind, name, other: other.file }, { file, range })];
  });
}

/** A contract needs columns (parser/schemas.py, _validate_constraint_prerequisites). */
export function contractFaults(node: ManifestNode): readonly Diagnostic[] {
  if (node.resourceType !== 'model' || node.patchPath === undefined || node.columns.length > 0) return [];
  const contract = completeConfig(node)['contract'] ?? null;
  if (!isPlainMap(contract) || contract['enforced'] !== true) return [];
  return [diagnostic('compile.contractColumns', {}, { file: node.originalFilePath, range: node.range })];
}
