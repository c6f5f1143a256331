import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { tagsOf } from '../project/nodeConfig.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { ModelVersion } from '../project/properties.ts';
import type { UnitTestProperties, UnitTestVersions } from '../project/unitTestProperties.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { ModelNode, UnitTestInput, UnitTestNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { belowResourcePath, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { unitTestChecksum } from './unitTestChecksum.ts';
import { writtenReference } from './writtenReference.ts';
import { unitTestFixtures, type GivenFixture } from './unitTestFixtures.ts';

/** A model that a unit test may be for. */
export interface TestableModel {
  readonly node: ModelNode;
  readonly enabled: boolean;
}

/**
 * A unit test, once for each model version that it is for (dbt-core: parser/unit_tests.py, UnitTestParser and
 * process_models_for_unit_test). A test of a disabled model is disabled too.
 */
export function draftUnitTest(
  drafting: Drafting,
  properties: UnitTestProperties,
  models: readonly TestableModel[],
): Outcome<readonly NodeDraft[]> {
  const fixtures = unitTestFixtures(properties, drafting.project.fixtures);
  const tested = testedModels(properties, models);
  const diagnostics = [...fixtures.diagnostics, ...tested.diagnostics];
  const { value: rows } = fixtures;
  if (rows === undefined) return { value: [], diagnostics };
  const { project } = drafting;
  const packageName = project.config.name;
  const path = belowResourcePath(project, properties.file);
  const fqn = [packageName, ...path.split('/').slice(0, -1), properties.model, properties.name];
  const config = nodeConfigOf(drafting, 'unit_tests', fqn, properties.config);
  const base: Omit<UnitTestNode, 'uniqueId' | 'schema' | 'version'> = {
    resourceType: 'unit_test',
    name: properties.name,
    packageName,
    path,
    originalFilePath: properties.file,
    range: properties.range,
    fqn,
    description: properties.description,
    config,
    unrenderedConfig: unrenderedConfigOf(drafting, 'unit_tests', fqn, properties.config),
    tags: tagsOf(config),
    dependsOn: [],
    model: properties.model,
    given: rows.given.map((one) => inputOf(drafting, properties, one)),
    expect: rows.expect,
    overrides: properties.overrides,
    versions: properties.versions,
    checksum: unitTestChecksum(properties, rows),
  };
  const value = tested.value.map(({ node, enabled, version }): NodeDraft => {
    const ending = version === undefined ? '' : `_v${String(version)}`;
    const id = uniqueId('unit_test', packageName, properties.model, `${properties.name}${ending}`);
    const faults = enabled && isEnabled(config) ? incrementalFaults(properties, node) : [];
    return {
      node: { ...base, uniqueId: id, schema: node.relation.schema, version },
      refs: [],
      sources: [],
      reads: [node.uniqueId],
      enabled: enabled && isEnabled(config),
      diagnostics: faults,
    };
  });
  return { value, diagnostics };
}

interface TestedModel extends TestableModel {
  readonly version: string | number | undefined;
}

function testedModels(
  properties: UnitTestProperties,
  models: readonly TestableModel[],
): Outcome<readonly TestedModel[]> {
  const { name, model: written, versions } = properties;
  const [modelName = written, given] = written.split(/\s+/);
  const named = models.filter(({ node }) => node.name === modelName);
  const found = given === undefined ? named : named.filter(({ node }) => String(node.version?.v) === given);
  const [only] = found;
  if (only === undefined) {
    const near = nearestName(
      written,
      models.map(({ node }) => node.name),
    );
    return {
      value: [],
      diagnostics: [diagnostic('compile.unitTestModel', { name, model: written, near }, properties)],
    };
  }
  const isVersioned = only.node.version !== undefined;
  const wanted = isVersioned ? named.filter(({ node }) => isWanted(node.version?.v, versions)) : [only];
  if (wanted.length === 0 || (!isVersioned && (versions?.include ?? versions?.exclude) !== undefined)) {
    const params = { name, model: written, isVersioned };
    return { value: [], diagnostics: [diagnostic('compile.unitTestVersions', params, properties)] };
  }
  return { value: wanted.map((one) => ({ ...one, version: one.node.version?.v })), diagnostics: [] };
}

/** Without a list of versions all are tested; a list of those to leave out goes before one of those to test. */
function isWanted(version: ModelVersion | undefined, versions: UnitTestVersions | undefined): boolean {
  if (version === undefined || versions === undefined) return true;
  if (versions.exclude !== undefined) return !versions.exclude.includes(version);
  return versions.include?.includes(version) ?? false;
}

/** What is_incremental() gives must be said, and what the table holds then too. */
function incrementalFaults(
  properties: UnitTestProperties,
  { name: model, macroIds }: ModelNode,
): readonly Diagnostic[] {
  if (!macroIds.some((id) => id === 'macro.dbt.is_incremental')) return [];
  const { name, overrides, given } = properties;
  const override = overrides?.macros['is_incremental'];
  const missing =
    typeof override !== 'boolean'
      ? 'override'
      : override && !given.some(({ input }) => input === 'this')
        ? 'this'
        : undefined;
  return missing === undefined ? [] : [diagnostic('compile.unitTestIncremental', { name, model, missing }, properties)];
}

function inputOf(drafting: Drafting, properties: UnitTestProperties, fixture: GivenFixture): UnitTestInput {
  if (fixture.input.trim() === 'this') return { ...fixture, reads: { kind: 'this' } };
  const { database, schema } = drafting.project.target;
  const here = { database, schema, identifier: properties.name };
  return { ...fixture, reads: writtenReference(drafting, fixture.input, properties.file, here) };
}
