import { reprText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import { JinjaDict } from '../jinja/values/dict.ts';
import { list, type JinjaValue } from '../jinja/values/value.ts';
import type { UnitTestProperties } from '../project/unitTestProperties.ts';
import { sha256 } from './sha256.ts';
import type { Fixture, UnitTestFixtures } from './unitTestFixtures.ts';

/**
 * dbt's checksum of a unit test: over its parts as Python prints them, without the description (dbt-core:
 * contracts/graph/nodes.py, build_unit_test_checksum).
 */
export function unitTestChecksum(properties: UnitTestProperties, { given, expect }: UnitTestFixtures): string {
  const { model, overrides, versions } = properties;
  const inputs = given.map((one) => `UnitTestInputFixture(input=${reprText(one.input)}, ${fixtureRepr(one)})`);
  const parts = [
    model,
    versions === undefined
      ? 'None'
      : `UnitTestNodeVersions(include=${repr(versions.include)}, exclude=${repr(versions.exclude)})`,
    `[${inputs.join(', ')}]`,
    `UnitTestOutputFixture(${fixtureRepr(expect)})`,
    overrides === undefined
      ? 'None'
      : `UnitTestOverrides(macros=${repr(overrides.macros)}, vars=${repr(overrides.vars)}, env_vars=${repr(overrides.envVars)})`,
    ...given.flatMap((one) => (one.file === undefined ? [] : [displayRows(one)])),
  ];
  return sha256(parts.join('-'));
}

const formats = { dict: 'Dict', csv: 'CSV', sql: 'SQL' } as const;

function fixtureRepr({ rows, format, file }: Fixture): string {
  const shown = `rows=${reprText(rowsValue(rows))}, format=<UnitTestFormat.${formats[format]}: '${format}'>`;
  return `${shown}, fixture=${repr(file)}`;
}

function displayRows({ rows }: Fixture): string {
  return typeof rows === 'string' ? rows : reprText(rowsValue(rows));
}

function rowsValue(rows: Fixture['rows']): JinjaValue {
  return typeof rows === 'string' ? rows : list(rows.map((row) => new JinjaDict([...row])));
}

function repr(value: Parameters<typeof fromPlain>[0]): string {
  return reprText(fromPlain(value));
}
