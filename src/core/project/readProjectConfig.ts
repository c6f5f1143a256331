import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { isPlainList, isPlainMap, textList, type PlainMap } from './plainValue.ts';
import { configuredKinds, type ConfiguredKind, type DispatchOrder, type ProjectConfig } from './projectConfig.ts';
import { renderYaml, type RenderText } from './renderYaml.ts';
import { entryOf, parseYaml, plainMapOf, plainOf, textOf, type YamlMap, type YamlNode } from './yamlNode.ts';

export const projectFile = 'dbt_project.yml';

/** Values that dbt renders later, with the node at hand (core/dbt/config/renderer.py, DbtProjectYamlRenderer). */
const renderedLater = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);
const hookKeys = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);
const isHook = (key: string): boolean => hookKeys.has(key.replace(/^[+ ]+/, ''));

/** Reads the dbt_project.yml `file`; without a value the project cannot be used, and the diagnostics say why. */
export function readProjectConfig(text: string, file: string, render: RenderText): Outcome<ProjectConfig | undefined> {
  const parsed = parseYaml(text, file);
  const diagnostics: Diagnostic[] = [...parsed.diagnostics];
  if (parsed.value?.kind !== 'map') {
    if (diagnostics.length === 0) diagnostics.push(diagnostic('project.notAMapping', { where: file }, { file }));
    return { value: undefined, diagnostics };
  }
  const rendered = renderEntries(parsed.value, render);
  diagnostics.push(...rendered.diagnostics);
  const root = rendered.value;
  const name = textOf(entryOf(root, 'name'));
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) {
    const range = (entryOf(root, 'name') ?? root).range;
    diagnostics.push(diagnostic('project.projectName', { name: name ?? '' }, { file, range }));
    return { value: undefined, diagnostics };
  }
  const vars = entryOf(root, 'vars');
  if (vars !== undefined && !isPlainMap(plainOf(vars) ?? {}))
    diagnostics.push(diagnostic('project.varsShape', {}, { file, range: vars.range }));
  return { value: { ...configFrom(root, parsed.value, name), file, text }, diagnostics };
}

function renderEntries(root: YamlMap, render: RenderText): Outcome<YamlMap> {
  const diagnostics: Diagnostic[] = [];
  const entries = root.entries.map((entry) => {
    if (renderedLater.has(entry.key)) return entry;
    const { value, diagnostics: found } = renderYaml(entry.value, render, isHook);
    diagnostics.push(...found);
    return { ...entry, value };
  });
  return { value: { ...root, entries }, diagnostics };
}

function configFrom(root: YamlNode, written: YamlNode, name: string): Omit<ProjectConfig, 'file' | 'text'> {
  const paths = (key: string, older: string, byDefault: string): readonly string[] => {
    const given = textList(plainOf(entryOf(root, key) ?? entryOf(root, older)));
    return (given.length > 0 ? given : [byDefault]).map((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''));
  };
  const version = entryOf(root, 'version');
  const sourcePaths = {
    modelPaths: paths('model-paths', 'source-paths', 'models'),
    seedPaths: paths('seed-paths', 'data-paths', 'seeds'),
    testPaths: paths('test-paths', 'test-paths', 'tests'),
    macroPaths: paths('macro-paths', 'macro-paths', 'macros'),
    snapshotPaths: paths('snapshot-paths', 'snapshot-paths', 'snapshots'),
    analysisPaths: paths('analysis-paths', 'analysis-paths', 'analyses'),
  };
  const docsPaths = textList(plainOf(entryOf(root, 'docs-paths')));
  return {
    name,
    version: version?.kind === 'scalar' && version.value !== null ? String(version.value) : undefined,
    profile: textOf(entryOf(root, 'profile')),
    ...sourcePaths,
    docsPaths: docsPaths.length > 0 ? docsPaths : [...new Set(Object.values(sourcePaths).flat())],
    targetPath: textOf(entryOf(root, 'target-path')) ?? 'target',
    packagesPath: (textOf(entryOf(root, 'packages-install-path')) ?? 'dbt_packages').replace(/\/+$/, ''),
    dispatch: dispatchOrders(root),
    cleanTargets: paths('clean-targets', 'clean-targets', textOf(entryOf(root, 'target-path')) ?? 'target'),
    onRunStart: plainOf(entryOf(root, 'on-run-start')),
    onRunEnd: plainOf(entryOf(root, 'on-run-end')),
    vars: plainMapOf(entryOf(root, 'vars')),
    trees: treesOf(root),
    unrenderedTrees: treesOf(written),
    root,
  };
}

function dispatchOrders(root: YamlNode): readonly DispatchOrder[] {
  const given = plainOf(entryOf(root, 'dispatch'));
  return (isPlainList(given) ? given : []).filter(isPlainMap).flatMap((one): DispatchOrder[] => {
    const macroNamespace = one['macro_namespace'];
    if (typeof macroNamespace !== 'string') return [];
    return [{ macroNamespace, searchOrder: textList(one['search_order']) }];
  });
}

function treesOf(root: YamlNode): Readonly<Record<ConfiguredKind, PlainMap>> {
  const trees = configuredKinds.map((kind): [ConfiguredKind, PlainMap] => {
    const node = entryOf(root, kind) ?? (kind === 'data_tests' ? entryOf(root, 'tests') : undefined);
    return [kind, plainMapOf(node)];
  });
  return Object.fromEntries(trees) as Record<ConfiguredKind, PlainMap>;
}
