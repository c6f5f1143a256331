import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { parseTemplate } from '../jinja/template.ts';
import { tagsOf } from '../project/nodeConfig.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { UnitTestProperties } from '../project/unitTestProperties.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { ModelNode, UnitTestInput, UnitTestNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { belowResourcePath, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import { unitTestChecksum } from './unitTestChecksum.ts';
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
  const found = models.filter(({ node }) => node.name === written);
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
  if (versions?.include !== undefined || versions?.exclude !== undefined) {
    const params = { name, model: written, isVersioned: false };
    return { value: [], diagnostics: [diagnostic('compile.unitTestVersions', params, properties)] };
  }
  return { value: [{ ...only, version: undefined }], diagnostics: [] };
}

/** What is_incremental() gives must be said, and what the table holds then too. */
function incrementalFaults(properties: UnitTestProperties, { name: model, rawCode }: ModelNode): readonly Diagnostic[] {
  if (!/\bis_incremental\s*\(/.test(rawCode)) return [];
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
  const { value: template } = parseTemplate(`{{ ${fixture.input} }}`, properties.file);
  const { database, schema } = drafting.project.target;
  const relation = { database, schema, identifier: properties.name };
  const { file: originalFilePath, name } = properties;
  const packageName = drafting.project.config.name;
  const named = { resourceType: 'unit_test', name, packageName, path: originalFilePath, originalFilePath, fqn: [] };
  const { refs, sources } = parseTemplateNode({ ...drafting, template, node: named, relation, config: {} });
  const [ref, source] = [refs[0]?.call, sources[0]?.call];
  if (ref !== undefined) return { ...fixture, reads: { kind: 'ref', call: ref } };
  return { ...fixture, reads: source === undefined ? { kind: 'nothing' } : { kind: 'source', call: source } };
}
