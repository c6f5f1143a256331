import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { isPlainList, plainMapAt, type PlainMap, type PlainValue } from './plainValue.ts';
import {
  fixtureFormats,
  type FixtureProperties,
  type FixtureRow,
  type FixtureValue,
  type GivenProperties,
  type UnitTestOverrides,
  type UnitTestProperties,
  type UnitTestVersions,
} from './unitTestProperties.ts';
import { entryOf, itemsOf, plainMapOf, plainOf, textOf, type YamlNode } from './yamlNode.ts';

/**
 * Reads one of `unit_tests:`; undefined when a part is missing without which dbt refuses it
 * (dbt-core: contracts/graph/unparsed.py, UnparsedUnitTest).
 */
export function readUnitTest(
  node: YamlNode,
  name: string,
  config: PlainMap,
  file: string,
): Outcome<UnitTestProperties | undefined> {
  const range = entryOf(node, 'name')?.range ?? node.range;
  const missing = ['model', 'given', 'expect'].filter((key) => entryOf(node, key) === undefined);
  const diagnostics: Diagnostic[] = missing.map((key) =>
    diagnostic('project.unitTestShape', { name, detail: `"${key}" is missing` }, { file, range }),
  );
  const expect = entryOf(node, 'expect');
  const model = textOf(entryOf(node, 'model'));
  const given = itemsOf(entryOf(node, 'given'));
  for (const one of [...given, ...(expect === undefined ? [] : [expect])]) {
    const fault = fixtureFault(one, one !== expect);
    if (fault === undefined) continue;
    diagnostics.push(diagnostic('project.unitTestShape', { name, detail: fault }, { file, range: one.range }));
  }
  if (model === undefined || expect === undefined || diagnostics.length > 0) return { value: undefined, diagnostics };
  const value: UnitTestProperties = {
    name,
    model,
    description: textOf(entryOf(node, 'description')) ?? '',
    given: given.map((one): GivenProperties => ({
      input: textOf(entryOf(one, 'input')) ?? '',
      ...fixtureOf(one),
    })),
    expect: fixtureOf(expect),
    overrides: overridesOf(entryOf(node, 'overrides')),
    versions: versionsOf(entryOf(node, 'versions')),
    config,
    file,
    range,
  };
  return { value, diagnostics };
}

function fixtureFault(node: YamlNode, isInput: boolean): string | undefined {
  if (isInput && textOf(entryOf(node, 'input')) === undefined) return 'each of "given" needs an "input"';
  const format = plainOf(entryOf(node, 'format'));
  if (format === null || fixtureFormats.some((one) => one === format)) return undefined;
  return `"format" must be one of ${fixtureFormats.join(', ')}`;
}

function fixtureOf(node: YamlNode): FixtureProperties {
  const rows = entryOf(node, 'rows');
  const format = fixtureFormats.find((one) => one === textOf(entryOf(node, 'format'))) ?? 'dict';
  return {
    format,
    rows: rows?.kind === 'list' ? rows.items.map(rowOf) : textOf(rows),
    hasRows: rows !== undefined && !(rows.kind === 'scalar' && rows.value === null),
    fixture: textOf(entryOf(node, 'fixture')),
  };
}

function rowOf(node: YamlNode): FixtureRow {
  if (node.kind !== 'map') return new Map();
  return new Map(node.entries.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(node: YamlNode): FixtureValue {
  if (node.kind !== 'scalar') return JSON.stringify(plainOf(node));
  const { value, isFloat } = node;
  return typeof value === 'number' && Number.isInteger(value) && isFloat !== true ? BigInt(value) : value;
}

function overridesOf(node: YamlNode | undefined): UnitTestOverrides | undefined {
  if (node?.kind !== 'map') return undefined;
  const all = plainMapOf(node);
  return { macros: plainMapAt(all, 'macros'), vars: plainMapAt(all, 'vars'), envVars: plainMapAt(all, 'env_vars') };
}

function versionsOf(node: YamlNode | undefined): UnitTestVersions | undefined {
  if (node?.kind !== 'map') return undefined;
  const { include, exclude } = plainMapOf(node);
  return { include: versionList(include), exclude: versionList(exclude) };
}

function versionList(value: PlainValue | undefined): readonly (string | number)[] | undefined {
  if (!isPlainList(value)) return undefined;
  return value.filter((one) => typeof one === 'string' || typeof one === 'number');
}
