import { completeConfig } from '../completeConfig.ts';
import type { UnitTestNode } from '../manifest.ts';
import type { Fixture } from '../unitTestFixtures.ts';
import type { PlainMap, PlainValue } from '../../project/plainValue.ts';
import type { FixtureValue } from '../../project/unitTestProperties.ts';

/** A unit test in the manifest (dbt-core: contracts/graph/nodes.py, UnitTestDefinition). */
export function unitTestEntry(node: UnitTestNode): PlainMap {
  const { overrides, versions } = node;
  return {
    model: node.model,
    given: node.given.map((one) => ({ input: one.input, ...fixtureEntry(one) })),
    expect: fixtureEntry(node.expect),
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: node.originalFilePath,
    unique_id: node.uniqueId,
    fqn: node.fqn,
    description: node.description,
    overrides:
      overrides === undefined ? null : { macros: overrides.macros, vars: overrides.vars, env_vars: overrides.envVars },
    depends_on: { macros: [], nodes: node.dependsOn },
    config: completeConfig(node),
    checksum: node.checksum,
    schema: node.schema,
    created_at: 0,
    versions: versions === undefined ? null : { include: versions.include ?? null, exclude: versions.exclude ?? null },
    version: node.version ?? null,
  };
}

function fixtureEntry({ rows, format, file }: Fixture): PlainMap {
  return { rows: typeof rows === 'string' ? rows : rows.map(rowEntry), format, fixture: file ?? null };
}

function rowEntry(row: ReadonlyMap<string, FixtureValue>): PlainValue {
  return Object.fromEntries([...row].map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]));
}
