import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { ConstraintProperties, NodeProperties } from '../project/properties.ts';
import { completeConfig } from './completeConfig.ts';
import type { ManifestNode, ModelNode } from './manifest.ts';
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

/**
 * A contract needs columns (parser/schemas.py, _validate_constraint_prerequisites), and of an incremental model a way
 * to keep them (artifacts/resources/v1/config.py). Constraints are whole without a contract too.
 */
export function contractFaults(node: ManifestNode): readonly Diagnostic[] {
  if (node.resourceType !== 'model') return [];
  const place = { file: node.originalFilePath, range: node.range };
  const config = completeConfig(node);
  const { contract = null, on_schema_change: change = null } = config;
  const isEnforced = isPlainMap(contract) && contract['enforced'] === true;
  const faults = [...primaryKeyFaults(node)];
  if (isEnforced && node.patchPath !== undefined && node.columns.length === 0)
    faults.push(diagnostic('compile.contractColumns', {}, place));
  if (isEnforced && node.materialized === 'incremental' && change !== 'append_new_columns' && change !== 'fail')
    faults.push(diagnostic('compile.contractSchemaChange', { value: JSON.stringify(change) }, place));
  return faults;
}

/** A primary key is declared once: by one column, or by the model (parser/schemas.py, _validate_pk_constraints). */
function primaryKeyFaults({ columns, constraints }: ModelNode): readonly Diagnostic[] {
  const keysOf = (all: readonly ConstraintProperties[]): readonly ConstraintProperties[] =>
    all.filter(({ type }) => type === 'primary_key');
  const [first, second] = columns.flatMap((column) => keysOf(column.constraints));
  const again = first === undefined ? undefined : (second ?? keysOf(constraints)[0]);
  return again === undefined ? [] : [diagnostic('compile.primaryKeyTwice', {}, again)];
}
