import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Memo, Recall } from '../project/memo.ts';
import type { Project, SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { describedNothing, describedTwice } from './describedFaults.ts';
import { describeProperties } from './describe.ts';
import { docBlocks, type DocBlock } from './docBlocks.ts';
import { draftExposure } from './draftExposure.ts';
import type { Drafting } from './drafting.ts';
import { draftAnalysis } from './draftAnalysis.ts';
import { draftFaults } from './draftFaults.ts';
import { draftGroups } from './draftGroups.ts';
import { draftModel } from './draftModel.ts';
import { draftSeed } from './draftSeed.ts';
import { draftSingularTest } from './draftSingularTest.ts';
import { draftSnapshots, draftYamlSnapshot } from './draftSnapshot.ts';
import { draftSource } from './draftSource.ts';
import { draftGenericTest } from './draftGenericTest.ts';
import { draftUnitTest } from './draftUnitTest.ts';
import { duplicates } from './duplicates.ts';
import { declaredTests, type TestedNode } from './genericTests.ts';
import { buildGraph, findCycle } from './graph.ts';
import { grantsIgnored } from './grants.ts';
import { groupFaults } from './groups.ts';
import { operationsOf } from './hooks.ts';
import { isRefable, linkNodes } from './linkNodes.ts';
import { collectMacros } from './macroScope.ts';
import { unusedMaterializations } from './materializations.ts';
import { microbatchFaults } from './microbatchFaults.ts';
import type { Manifest, ManifestNode, ModelNode, SeedNode, SnapshotNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { faceOf } from './nodeFace.ts';
import { projectGlobals } from './nodeGlobals.ts';
import { propertiesNamed, propertiesOf } from './propertiesOf.ts';
import { RelationNames } from './relationNames.ts';
import { sharedRelations } from './sharedRelations.ts';
import { unusedConfigPaths } from './unusedConfigPaths.ts';

/**
 * Names, configures and links everything in a project (dbt's parse), and takes from the memo what was drafted before of
 * files that are the same. Faulty nodes stay in the manifest as far as they
 * are known, so that the others can be worked with; the diagnostics say what is wrong.
 */
export function buildManifest(written: Project, environment: CompileEnvironment, memo: Memo): Outcome<Manifest> {
  const docs = [written, ...written.packages].map(docBlocks);
  const blocks = docs.flatMap((one) => one.value);
  const description = { blocks, environment, memo };
  const packages = written.packages.map((one) => described(one, written, description));
  const { value: root, diagnostics: undescribed } = described(written, written, description);
  const project: Project = { ...root, packages: packages.map((one) => one.value) };
  const macros = memo.within('macros', [])('all', macroInputs(project), () => collectMacros(project));
  const names = new RelationNames(project, { environment, macros: macros.value, onFault: () => memo.doubt() });
  const draftings = [project, ...project.packages].map((one): Drafting => ({
    project: one,
    root: project,
    scope: { project: { ...one, notRun: project.notRun }, environment },
    macros: macros.value,
    names,
    recall: memo.within(`drafts of ${one.config.name}`, [settingsOf(one, project), macros.value]),
  }));
  const drafts = draftings.flatMap(draftFiles);
  const tests = draftings.flatMap((drafting) => draftAllTests(drafting, drafts));
  const unitTests = draftings.map((drafting) => draftUnitTests(drafting, drafts));
  const everything = [...drafts, ...tests, ...unitTests.flatMap((one) => one.value)];
  const groups = draftings.flatMap(draftGroups);
  const whole = memo.within('whole', [
    project.config.text,
    JSON.stringify([project.target, groups]),
    ...everything.map(faceOf),
  ]);
  const named = everything.filter((draft) => draft.enabled);
  const doubled = faultless(memo, whole, 'doubled', [], () => duplicates(named.map((draft) => draft.node)));
  const single = doubled.value.size === 0 ? named : named.filter((_, at) => !doubled.value.has(at));
  const disabled = everything.filter((draft) => !draft.enabled).map((draft) => draft.node);
  const { name: rootName } = project.config;
  const linked = linkNodes(single, { rootName, disabled, notRun: project.notRun, memo });
  const { nodes: all, unlinked, edges } = linked.value;
  const nodes = new Map(all.map((node) => [node.uniqueId, node]));
  const { graph, cycle } = whole('graph', edges, () => graphOf(all));
  const misdescribed = memo.within('misdescribed', []);
  const together = faultless(memo, whole, 'together', edges, () => ({
    value: undefined,
    diagnostics: [
      ...groupFaults(all, groups),
      ...sharedRelations(all, project.target),
      ...grantsIgnored(all),
      ...unusedConfigPaths(project, all, [...disabled, ...unlinked]),
    ],
  }));
  return {
    value: {
      project,
      nodes,
      disabled,
      unlinked,
      docs: blocks,
      groups,
      graph,
      macros: macros.value,
      operations: draftings.flatMap(operationsOf),
    },
    diagnostics: [
      ...macros.diagnostics,
      ...unusedMaterializations(macros.value, project.target.type),
      ...docs.flatMap((one) => one.diagnostics),
      ...[...packages.flatMap((one) => one.diagnostics), ...undescribed],
      ...drafts.filter((draft) => draft.enabled).flatMap((draft) => draft.diagnostics),
      ...tests.flatMap((draft) => draft.diagnostics),
      ...unitTests.flatMap((one) => [...one.diagnostics, ...one.value.flatMap((draft) => draft.diagnostics)]),
      ...doubled.diagnostics,
      ...names.diagnostics,
      ...draftings.flatMap(({ project: one }) =>
        misdescribed(one.config.name, [one.properties, one.files], () => [
          ...describedNothing(one),
          ...describedTwice(one),
        ]),
      ),
      ...everything.flatMap(draftFaults),
      ...linked.diagnostics,
      ...cycleFound(nodes, cycle, single),
      ...together.diagnostics,
      ...microbatchFaults(all, { macros: macros.value, project }),
    ],
  };
}

/** Recalls what has no fault. Where it has one it is made anew: the fault's place may have moved. */
function faultless<T>(
  memo: Memo,
  recall: Recall,
  key: string,
  inputs: readonly unknown[],
  make: () => Outcome<T>,
): Outcome<T> {
  return recall(key, inputs, () => {
    const made = make();
    if (made.diagnostics.length > 0) memo.doubt();
    return made;
  });
}

function graphOf(nodes: readonly ManifestNode[]): Pick<Manifest, 'graph'> & { readonly cycle: Cycle } {
  const graph = buildGraph(new Map(nodes.map((node) => [node.uniqueId, node.dependsOn])));
  return { graph, cycle: findCycle(graph) };
}

type Cycle = ReturnType<typeof findCycle>;

interface Description {
  readonly blocks: readonly DocBlock[];
  readonly environment: CompileEnvironment;
  readonly memo: Memo;
}

/** The project with its descriptions filled in. */
function described(project: Project, root: Project, { blocks, environment, memo }: Description): Outcome<Project> {
  const { config, rootName, properties } = project;
  const inputs = [settingsOf(project, root), ...blocks.flatMap((one) => [one.uniqueId, one.contents])];
  const whole = memo.within(`all descriptions of ${config.name}`, inputs);
  const read = whole('properties', [properties], () =>
    describeProperties(properties, {
      blocks,
      packageName: config.name,
      rootName,
      globals: projectGlobals({ project, environment }),
      recall: memo.within(`descriptions of ${config.name}`, inputs),
      onFault: () => memo.doubt(),
    }),
  );
  return { value: { ...project, properties: read.value }, diagnostics: read.diagnostics };
}

/** Everything that the macros of a project depend on. */
function macroInputs(root: Project): readonly unknown[] {
  const files = [root, ...root.packages].flatMap(({ config, macros }) => [config.name, ...macros]);
  const texts = files.flatMap((one) => (typeof one === 'string' ? [one] : [one.path, one.text]));
  return [JSON.stringify(root.config.dispatch), ...texts];
}

/** What every template of a project may know of it, as a text to compare. */
function settingsOf({ config, target, vars }: Project, root: Project): string {
  return JSON.stringify([config, root.config, target, vars, root.notRun]);
}

function draftFiles(drafting: Drafting): readonly NodeDraft[] {
  const { project, recall } = drafting;
  const { models, snapshots, analyses, seeds, tests, properties } = project;
  const of = (kind: NodeProperties['kind'], { name }: SeedFile): NodeProperties | undefined =>
    propertiesOf(project, kind, name);
  const drafted = <File extends SeedFile>(
    kind: 'models' | 'analyses' | 'seeds' | 'data_tests',
    files: readonly File[],
    draft: (drafting: Drafting, file: File, properties: NodeProperties | undefined) => NodeDraft,
  ): readonly NodeDraft[] =>
    files.map((file) => {
      const said = of(kind, file);
      const text = 'text' in file ? file.text : undefined;
      return recall(file.path, [text, said], () => draft(drafting, file, said));
    });
  return [
    ...drafted('models', models, draftModel),
    ...snapshots.flatMap((file) => draftSnapshots(drafting, file, (name) => propertiesOf(project, 'snapshots', name))),
    ...properties.nodes.filter(({ relation }) => relation !== undefined).map((one) => draftYamlSnapshot(drafting, one)),
    ...drafted('analyses', analyses, draftAnalysis),
    ...drafted('seeds', seeds, draftSeed),
    ...properties.sources.map((one) =>
      recall(`${one.sourceName}.${one.name}`, [one, project.files], () => draftSource(drafting, one)),
    ),
    ...drafted('data_tests', tests, draftSingularTest),
    ...properties.exposures.map((one) => draftExposure(drafting, one)),
  ];
}

/** The tests under the nodes of a project. */
function draftAllTests(drafting: Drafting, drafts: readonly NodeDraft[]): readonly NodeDraft[] {
  const { name } = drafting.project.config;
  return drafts
    .filter(({ node, enabled }) => node.packageName === name && (enabled || node.resourceType !== 'source'))
    .flatMap((draft) => draftGenericTests(drafting, draft));
}

/** The tests that YAML has under a node and its columns. */
function draftGenericTests(drafting: Drafting, draft: NodeDraft): readonly NodeDraft[] {
  const { project, recall } = drafting;
  const { node } = draft;
  const said = isRefable(node) ? propertiesOfNode(project, node) : undefined;
  return recall(node.uniqueId, [draft, said], () => {
    const tested = testedNode(node, project);
    if (tested === undefined) return [];
    return declaredTests(tested).map((declared) => draftGenericTest(drafting, declared));
  });
}

function propertiesOfNode(project: Project, node: ModelNode | SeedNode | SnapshotNode): NodeProperties | undefined {
  const version = node.resourceType === 'model' ? node.version?.v : undefined;
  return propertiesNamed(project, `${node.resourceType}s`, node.name, version);
}

function draftUnitTests(drafting: Drafting, drafts: readonly NodeDraft[]): Outcome<readonly NodeDraft[]> {
  const models = drafts.flatMap(({ node, enabled }) => (node.resourceType === 'model' ? [{ node, enabled }] : []));
  const read = drafting.project.properties.unitTests.map((one) => draftUnitTest(drafting, one, models));
  return { value: read.flatMap(({ value }) => value), diagnostics: read.flatMap(({ diagnostics }) => diagnostics) };
}

function testedNode(node: ManifestNode, project: Project): TestedNode | undefined {
  const base = { uniqueId: node.uniqueId, packageName: node.packageName, adapterType: project.target.type };
  if (node.resourceType === 'source') {
    const { sourceName, name } = node;
    const found = project.properties.sources.find((one) => one.sourceName === sourceName && one.name === name);
    const call = `source('${sourceName}', '${name}')`;
    return {
      ...base,
      nameInTests: `${sourceName}_${name}`,
      isSource: true,
      version: undefined,
      call,
      reads: { kind: 'source', call: { sourceName, name } },
      columns: node.columns,
      tests: found?.tests ?? [],
      testTags: found?.testTags ?? [],
    };
  }
  if (!isRefable(node)) return undefined;
  const version = node.resourceType === 'model' ? node.version?.v : undefined;
  const [nameInTests, call] =
    version === undefined
      ? [node.name, `ref('${node.name}')`]
      : [`${node.name}_v${String(version)}`, `ref('${node.name}', version='${String(version)}')`];
  const { columns } = node;
  const reads = { kind: 'ref', call: { name: node.name, packageName: undefined, version } } as const;
  return {
    ...base,
    nameInTests,
    isSource: false,
    version,
    call,
    reads,
    columns,
    tests: propertiesOfNode(project, node)?.tests ?? [],
    testTags: [],
  };
}

function cycleFound(
  nodes: ReadonlyMap<UniqueId, ManifestNode>,
  cycle: Cycle,
  drafts: readonly NodeDraft[],
): readonly Diagnostic[] {
  const [first, ...rest] = cycle ?? [];
  const node = first === undefined ? undefined : nodes.get(first);
  if (first === undefined || node === undefined) return [];
  const trail = [first, ...rest].map((id) => nodes.get(id)?.name ?? id);
  // The cycle runs from what is read to what reads it: the first reads the last.
  const read = nodes.get(rest.at(-1) ?? first)?.name;
  const use = drafts.find((draft) => draft.node.uniqueId === first)?.refs.find((one) => one.call.name === read);
  const place = use ?? { file: node.originalFilePath, range: node.range };
  return [diagnostic('compile.cycle', { trail }, { file: place.file, range: place.range })];
}
