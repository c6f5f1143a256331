import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldPhrase, generatorNames } from '../../../src/core/datagen/fieldGenerators.ts';
import { namedGenerator } from '../../../src/core/datagen/namedGenerators.ts';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

const yamlOf = (name: string, hints: string, tests = ''): string =>
  `sources: [{name: raw, tables: [{name: t, columns: [{name: ${name}, data_type: text${tests}, config: {meta: {modelyard: {${hints}}}}}]}]}]`;

async function rowsOf(yaml: string): Promise<readonly string[]> {
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 2, rows: 50 });
  return (texts.get('data/t.csv') ?? '').trimEnd().split('\n').slice(1);
}

test('every name that a hint takes has a generator, and one alone', () => {
  assert.ok(generatorNames.length > 20 && new Set(generatorNames).size === generatorNames.length);
  for (const name of generatorNames)
    assert.notEqual(fieldPhrase(name) === undefined, namedGenerator(name) === undefined, name);
  assert.equal(fieldPhrase('status'), undefined);
});

test('a generator gives what a column of its name has', async () => {
  const forms: Readonly<Record<string, RegExp>> = {
    email: /^[a-z]+\.[a-z]+\d{4}@example\.(com|net|org)$/,
    phone: /^\+1-\d{3}-555-01\d\d$/,
    full_name: /^[A-Z][a-z]+ [A-Z][a-z]+$/,
    currency_code: /^[A-Z]{3}$/,
  };
  for (const [generator, form] of Object.entries(forms)) {
    const rows = await rowsOf(yamlOf('contact_field', `generator: ${generator}`));
    assert.ok(
      rows.every((row) => form.test(row)),
      `${generator}: ${String(rows[0])}`,
    );
    assert.ok(new Set(rows).size > 10);
  }
});

test('where words do not suffice for unique values a number tells them apart', async () => {
  const rows = await rowsOf(yamlOf('x', 'generator: color, distinct: true'));
  assert.equal(new Set(rows).size, 50);
  assert.match(rows[0] ?? '', /^[a-z]+-\d+$/);
});

test('a generator beside other lists of values is a contradiction', () => {
  const refusal = (hints: string, tests = ''): string | undefined =>
    planGeneration(tablesFromYaml(yamlOf('x', hints, tests)), { seed: 1 }).diagnostics[0]?.message;
  assert.equal(refusal('generator: city, weights: {Rome: 1}'), 't.x: the generator "city" does not go with weights.');
  assert.equal(refusal('generator: city, pattern: "[A-Z]"'), 't.x: the generator "city" does not go with a pattern.');
  assert.equal(
    refusal('generator: city', ', data_tests: [{accepted_values: {arguments: {values: [Rome]}}}]'),
    't.x: the generator "city" does not go with a list of accepted values.',
  );
});
