import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate, type GenerationProgress } from '../../../src/core/datagen/generate.ts';
import { planGeneration, type GenerationOptions } from '../../../src/core/datagen/planGeneration.ts';
import type { GenerationPlan } from '../../../src/core/datagen/generationPlan.ts';
import { CancellationSource, Cancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { generateTexts, MemoryFiles } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { sampleTables, tablesFromYaml } from '../../sample/sampleTables.ts';

const people = `
sources:
  - name: shop
    tables:
      - name: people
        columns:
          - { name: id, data_type: bigint, data_tests: [unique, not_null] }
          - { name: name, data_type: text }
          - { name: boss_id, data_type: bigint, data_tests: [{ relationships: { arguments: { to: "source('shop', 'people')", field: id } } }] }
          - { name: born, data_type: date, config: { meta: { modelyard: { min: "1950-01-01", max: "1999-12-31", null_rate: 0.5 } } } }
`;
const orders = `
      - name: orders
        columns:
          - { name: id, data_type: bigint, data_tests: [unique] }
          - { name: person_id, data_type: bigint, data_tests: [not_null, { relationships: { arguments: { to: "source('shop', 'people')", field: id } } }] }
          - { name: total, data_type: "numeric(10, 3)", config: { meta: { modelyard: { min: -5, max: 5 } } } }
          - { name: note, data_type: text, data_tests: [{ accepted_values: { arguments: { values: ['a,b', 'say "hi"', 'grün', ' x'] } } }] }
`;

async function columnsOf(yaml: string, options: GenerationOptions): Promise<Record<string, string[]>> {
  const columns: Record<string, string[]> = {};
  for (const [path, text] of await generateTexts(tablesFromYaml(yaml), options)) {
    for (const row of parseRows(text)) {
      for (const [name, value] of Object.entries(row)) (columns[`${path}:${name}`] ??= []).push(value);
    }
  }
  return columns;
}

test('a new column, a new table and another order of columns leave every other value as it was', async () => {
  const before = await columnsOf(people, { seed: 42 });
  const withColumn = people.replace(
    '          - { name: name',
    '          - { name: age, data_type: integer }\n          - { name: name',
  );
  const after = await columnsOf(withColumn, { seed: 42 });
  assert.equal(after['data/people.csv:age']?.length, 1000);
  const noQuotes = orders.replace(/ *- \{ name: note.*\n/, '');
  const withTable = await columnsOf(people + noQuotes, { seed: 42 });
  assert.equal(withTable['data/orders.csv:total']?.length, 1000);
  for (const [name, values] of Object.entries(before)) {
    assert.deepEqual(after[name], values, name);
    assert.deepEqual(withTable[name], values, name);
  }
});

test('fewer rows of a table are the first of more', async () => {
  const [few, more] = [
    await columnsOf(people, { seed: 3, rows: 10 }),
    await columnsOf(people, { seed: 3, rows: 9000 }),
  ];
  assert.deepEqual(few['data/people.csv:name'], more['data/people.csv:name']?.slice(0, 10));
  assert.deepEqual(few['data/people.csv:born'], more['data/people.csv:born']?.slice(0, 10));
});

test('values have the form of their type; awkward words are quoted', async () => {
  const texts = await generateTexts(tablesFromYaml(people + orders), { seed: 1, rows: 200 });
  const [header, ...lines] = (texts.get('data/orders.csv') ?? '').trimEnd().split('\n');
  assert.equal(header, 'id,person_id,total,note');
  const form = /^(\d+),(\d+),(-?[0-5]\.\d{3}),("a,b"|"say ""hi"""|grün|" x")$/;
  const rows = lines.map((line) => form.exec(line)?.slice(1) ?? []);
  assert.ok(rows.every((row) => row.length === 4));
  assert.deepEqual(new Set(rows.map((row) => row[3])), new Set(['"a,b"', '"say ""hi"""', 'grün', '" x"']));
  assert.ok(rows.some(([, , total = '']) => total.startsWith('-')));
  const ids = new Set(parseRows(texts.get('data/people.csv') ?? '').map((row) => row['id']));
  assert.ok(rows.every(([, person]) => ids.has(person)));
  const born = parseRows(texts.get('data/people.csv') ?? '').map((row) => row['born'] ?? '');
  assert.ok(born.every((day) => day === '' || /^19[5-9]\d-\d\d-\d\d$/.test(day)));
  assert.ok(born.filter((day) => day === '').length > 60 && born.filter((day) => day === '').length < 140);
});

function samplePlan(options: GenerationOptions): GenerationPlan {
  const { value } = planGeneration(sampleTables(), options);
  assert.ok(value !== undefined);
  return value;
}

test('every file is written before the first is committed, and progress ends at all rows', async () => {
  const files = new MemoryFiles();
  const seen: GenerationProgress[] = [];
  const plan = samplePlan({ seed: 1, rows: 20_000 });
  const tables = await generate(plan, files.openSink, { progress: (one) => void seen.push(one) });
  const paths = ['data/affiliates.csv', 'data/players.csv', 'data/transactions.csv'];
  assert.deepEqual(files.events, [...paths.map((path) => `open ${path}`), ...paths.map((path) => `commit ${path}`)]);
  assert.deepEqual(seen.at(-1), { table: 'transactions', rowsWritten: 60_000, rowsTotal: 60_000 });
  for (const table of tables) {
    assert.equal(table.rows, 20_000);
    assert.equal(table.bytes, Buffer.byteLength(files.committed.get(table.path) ?? ''));
  }
});

test('cancelled work commits nothing', async () => {
  const files = new MemoryFiles();
  const source = new CancellationSource();
  const progress = ({ table }: GenerationProgress): void => {
    if (table === 'transactions') source.cancel();
  };
  const work = generate(samplePlan({ seed: 1 }), files.openSink, { progress, cancellation: source.token });
  await assert.rejects(work, Cancelled);
  assert.equal(files.committed.size, 0);
  assert.equal(files.events.filter((event) => event.startsWith('abort')).length, 3);
});

test('a sink that fails ends the work, and every file is given up', async () => {
  const files = new MemoryFiles();
  const openSink: typeof files.openSink = async (path) => {
    const sink = await files.openSink(path);
    if (!path.includes('players')) return sink;
    return { ...sink, write: () => Promise.reject(new Error('disk full')) };
  };
  await assert.rejects(generate(samplePlan({ seed: 1 }), openSink), /disk full/);
  assert.equal(files.committed.size, 0);
  assert.deepEqual(files.events.slice(2), ['abort data/affiliates.csv', 'abort data/players.csv']);
});

test('a chunk that is under way is not written over', async () => {
  const plan = samplePlan({ seed: 9, rows: 30_000 });
  const quick = new MemoryFiles();
  await generate(plan, quick.openSink);
  const slow = new MemoryFiles();
  const openSink: typeof slow.openSink = async (path) => {
    const sink = await slow.openSink(path);
    const write = async (chunk: Uint8Array): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      await sink.write(chunk);
    };
    return { ...sink, write };
  };
  await generate(plan, openSink);
  assert.deepEqual(slow.committed, quick.committed);
});
