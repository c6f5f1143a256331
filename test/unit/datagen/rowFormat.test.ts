import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../../src/core/datagen/generate.ts';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { csvRows, ndjsonRows } from '../../../src/core/datagen/rowFormat.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseCsv } from '../../sample/parseCsv.ts';
import { sampleTables, tablesFromYaml } from '../../sample/sampleTables.ts';

const awkward = `
sources:
  - name: shop
    tables:
      - name: things
        columns:
          - { name: id, data_type: bigint, data_tests: [unique] }
          - { name: 'say "when"', data_type: timestamp, config: { meta: { modelyard: { null_rate: 0.3 } } } }
          - { name: price, data_type: "numeric(12, 2)", config: { meta: { modelyard: { min: -3, max: 12000 } } } }
          - { name: big, data_type: bigint, config: { meta: { modelyard: { min: -9000000000, max: 9000000000 } } } }
          - { name: fresh, data_type: boolean }
          - { name: day, data_type: date, config: { meta: { modelyard: { null_rate: 0.5 } } } }
          - { name: note, data_type: text, data_tests: [{ accepted_values: { arguments: { values: ['a,b', 'say "hi"', 'grün', ' x', 'back\\slash'] } } }] }
          - { name: level, data_type: integer, data_tests: [{ accepted_values: { arguments: { values: [1, 20] } } }] }
          - { name: size, data_type: text, data_tests: [{ accepted_values: { arguments: { values: ['1', '20'] } } }] }
          - { name: code, data_type: text, config: { meta: { modelyard: { pattern: '[a"\\\\\\\\]{4}', null_rate: 0.2 } } } }
          - { name: uid, data_type: uuid }
          - { name: full_name }
`;

async function textOf(path: string, format = csvRows, rows = 700): Promise<string> {
  return (await generateTexts(tablesFromYaml(awkward), { seed: 5, rows }, { format })).get(path) ?? '';
}

function objects(text: string): readonly Record<string, string | number | boolean | null>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string | number | boolean | null>);
}

test('the rows of ndjson are those of the CSV, in types of JSON', async () => {
  const csv = parseCsv(await textOf('data/things.csv'));
  const json = objects(await textOf('data/things.csv', ndjsonRows));
  assert.equal(json.length, 700);
  const asText = (value: string | number | boolean | null): string => {
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
    return value === null ? '' : String(value);
  };
  for (const [i, row] of json.entries()) {
    const { price, ...others } = row;
    const { price: written, ...expected } = csv[i] ?? {};
    assert.deepEqual(
      Object.fromEntries(Object.entries(others).map(([name, value]) => [name, asText(value)])),
      expected,
    );
    assert.equal(price, Number(written));
  }
  const types = (name: string): Set<string> =>
    new Set(json.map((row) => (row[name] === null ? 'null' : typeof row[name])));
  assert.deepEqual(types('id'), new Set(['number']));
  assert.deepEqual(types('say "when"'), new Set(['string', 'null']));
  assert.deepEqual(types('level'), new Set(['number']));
  assert.deepEqual(types('size'), new Set(['string']));
  assert.deepEqual(types('fresh'), new Set(['boolean']));
  assert.deepEqual(types('code'), new Set(['string', 'null']));
});

test('money has all its decimals in ndjson', async () => {
  const lines = (await textOf('data/things.csv', ndjsonRows)).trimEnd().split('\n');
  assert.ok(lines.every((line) => /"price":-?\d+\.\d\d,"big":-?\d+,/.test(line)));
});

test('rows too long for the buffers are written whole, and few rows as well as many', async () => {
  const long = awkward.replace("pattern: '[a", "pattern: '[b-z]{999}[b-z]{999}[a");
  const texts = await generateTexts(tablesFromYaml(long), { seed: 5, rows: 1200 });
  const rows = parseCsv(texts.get('data/things.csv') ?? '');
  assert.equal(rows.length, 1200);
  assert.ok(rows.every(({ code = '' }) => code === '' || code.length === 2002));
  assert.equal(
    await textOf('data/things.csv', csvRows, 0),
    `${(await textOf('data/things.csv')).split('\n')[0] ?? ''}\n`,
  );
  assert.equal(await textOf('data/things.csv', ndjsonRows, 0), '');
  assert.equal(objects(await textOf('data/things.csv', ndjsonRows, 1)).length, 1);
});

test('the sample in ndjson has the columns and counts of its CSV', async () => {
  const options = { seed: 42, rows: 2000 };
  const [csv, ndjson] = [
    await generateTexts(sampleTables(), options),
    await generateTexts(sampleTables(), options, { format: ndjsonRows }),
  ];
  for (const [path, text] of csv) {
    const [header = '', ...lines] = text.trimEnd().split('\n');
    const rows = objects(ndjson.get(path) ?? '');
    assert.equal(rows.length, lines.length);
    assert.ok(rows.every((row) => Object.keys(row).join(',') === header));
  }
});

test('a file is written in pieces of at most four megabytes, however long it is', async () => {
  const { value: plan } = planGeneration(sampleTables(), { seed: 1, rows: 200_000 });
  assert.ok(plan !== undefined);
  const pieces: number[] = [];
  const buffers = new Set<unknown>();
  const write = (chunk: Uint8Array): Promise<void> => {
    pieces.push(chunk.length);
    buffers.add(chunk.buffer);
    return Promise.resolve();
  };
  const end = (): Promise<void> => Promise.resolve();
  const written = await generate(plan, () => Promise.resolve({ write, commit: end, abort: end }));
  assert.ok(Math.max(...pieces) <= 1 << 22 && pieces.length > 7, String(pieces.length));
  assert.equal(buffers.size, 2 * plan.tables.length);
  const bytes = written.reduce((sum, table) => sum + table.bytes, 0);
  assert.equal(
    pieces.reduce((sum, piece) => sum + piece, 0),
    bytes,
  );
});
