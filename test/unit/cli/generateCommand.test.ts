import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../../../src/cli/options/usageError.ts';
import { commandOutput, type CommandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts } from '../support/testProject.ts';

const sources = `
sources:
  - name: shop
    config: { meta: { external_location: "data/{name}.csv" } }
    tables:
      - name: customers
        config: { meta: { modelyard: { rows: 7 } } }
        columns: [{ name: id, data_type: bigint }, { name: is_vip, data_type: boolean }]
      - name: orders
        columns: [{ name: id, data_type: bigint }, { name: customer_id, data_type: bigint }, { name: total, data_type: "numeric(9, 2)" }]
  - name: web
    config: { meta: { external_location: "web/{name}.csv" } }
    tables:
      - name: orders
        columns: [{ name: id, data_type: bigint }]
`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-generate-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

function shop(yaml = sources): MemoryProjectFiles {
  return new MemoryProjectFiles(projectTexts({ 'models/sources.yml': yaml }));
}

async function generate(files: MemoryProjectFiles, ...args: readonly string[]): Promise<CommandOutput> {
  return commandOutput({ files }, ['generate', ...args]);
}

function rowsOf(files: MemoryProjectFiles, file: string): number {
  return files.text(file).trimEnd().split('\n').length - 1;
}

test('tables have the rows of the options, of their hints, or 1000', async () => {
  const files = shop();
  const { code, lines } = await generate(files);
  assert.equal(code, 0);
  assert.deepEqual(lines.slice(0, 3), [
    'Wrote data/customers.csv: 7 rows',
    'Wrote data/orders.csv: 1000 rows',
    'Wrote web/orders.csv: 1000 rows',
  ]);
  await generate(files, '--rows', '5', '--table', 'shop.orders=20', '--table', 'customers=3', '--table', 'customers=4');
  assert.deepEqual(
    ['data/customers.csv', 'data/orders.csv', 'web/orders.csv'].map((file) => rowsOf(files, file)),
    [4, 20, 5],
  );
  await generate(files, '--table=orders=2');
  assert.deepEqual(
    ['data/customers.csv', 'data/orders.csv', 'web/orders.csv'].map((file) => rowsOf(files, file)),
    [7, 2, 2],
  );
});

test('a table that no source declares is an error that names those that are', async () => {
  const files = shop();
  const { code, errors } = await generate(files, '--table', 'order=3');
  assert.equal(code, 2);
  assert.match(errors.join('\n'), /Rows were asked for a table order, .* Declared are customers, orders/);
  assert.ok(!files.paths.includes('data/orders.csv'));
});

test('options that cannot be read are refused', async () => {
  await assert.rejects(generate(shop(), '--table', 'orders'), UsageError);
  await assert.rejects(generate(shop(), '--table', 'orders=-1'), UsageError);
  await assert.rejects(generate(shop(), '--table', 'orders=many'), UsageError);
  await assert.rejects(generate(shop(), '--rows', '1.5'), UsageError);
  await assert.rejects(generate(shop(), '--format', 'parquet'), UsageError);
});

test('the same seed gives the same files, another seed others', async () => {
  const [one, same, other] = [shop(), shop(), shop()];
  await generate(one, '--seed', '9');
  await generate(same, '--seed', '9');
  await generate(other, '--seed', '10');
  assert.equal(one.text('data/orders.csv'), same.text('data/orders.csv'));
  assert.notEqual(one.text('data/orders.csv'), other.text('data/orders.csv'));
});

test('--out writes into a folder, with as much of a path as tells names apart, and leaves the project alone', async () => {
  const files = shop();
  const before = files.paths;
  const out = path.join(folder, 'made/here');
  const { code, lines } = await generate(files, '--rows', '3', '--out', out, '--format', 'ndjson');
  assert.equal(code, 0);
  assert.deepEqual(files.paths, before);
  assert.deepEqual(
    (fs.readdirSync(out, { recursive: true }) as string[]).filter((name) => name.endsWith('.ndjson')).sort(),
    ['customers.ndjson', path.join('data', 'orders.ndjson'), path.join('web', 'orders.ndjson')],
  );
  assert.equal(lines[0], `Wrote ${path.join(out, 'customers.ndjson')}: 3 rows`);
  const rows = fs.readFileSync(path.join(out, 'data/orders.ndjson'), 'utf8').trimEnd().split('\n');
  assert.match(rows[0] ?? '', /^\{"id":1,"customer_id":[123],"total":\d+\.\d\d\}$/);
  assert.equal(rows.length, 3);
});

test('ndjson beside the CSV that is there', async () => {
  const files = shop();
  files.set('data/customers.csv', 'id,is_vip\n');
  await generate(files, '--format', 'ndjson', '--rows', '2');
  assert.equal(files.text('data/customers.csv'), 'id,is_vip\n');
  assert.match(files.text('data/customers.ndjson'), /^\{"id":1,"is_vip":(true|false)\}\n\{"id":2,.*\}\n$/);
});

test('two tables in one file, and a place that is no CSV, are refused; --out takes the latter', async () => {
  const collide = await generate(shop(sources.replace('web/{name}', 'data/{name}')));
  assert.equal(collide.code, 2);
  assert.match(
    collide.errors.join('\n'),
    /sources\.yml:14:\d+: error: web\.orders and shop\.orders .* data\/orders\.csv/,
  );
  const elsewhere = shop(sources.replace('web/{name}.csv', "read_parquet('s3://lake/{name}.parquet')"));
  const refused = await generate(elsewhere);
  assert.equal(refused.code, 2);
  assert.match(refused.errors.join('\n'), /The rows of web\.orders are in read_parquet/);
  const out = path.join(folder, 'lake');
  assert.equal((await generate(elsewhere, '--rows', '2', '--out', out)).code, 0);
  assert.ok(fs.existsSync(path.join(out, 'web/orders.csv')));
  assert.ok(fs.existsSync(path.join(out, 'data/orders.csv')));
});

test('a seed that is made into a folder is tested there', async () => {
  const yaml = `
seeds:
  - name: codes
    columns: [{ name: id, data_type: bigint, data_tests: [unique, not_null] }]
`;
  const out = path.join(folder, 'seeds');
  const { code, lines } = await generate(shop(yaml), '--rows', '3', '--out', out);
  assert.deepEqual(
    [code, lines.slice(0, 2)],
    [0, [`Wrote ${path.join(out, 'codes.csv')}: 3 rows`, 'Tests: 2 passed, 0 failed']],
  );
});

test('nothing is made when a file of the project cannot be read, or when there is nothing to make', async () => {
  const broken = shop();
  broken.set('models/more.yml', 'sources: [{name: a, tables: [{name: b');
  const refused = await generate(broken);
  assert.equal(refused.code, 2);
  assert.match(refused.errors.join('\n'), /^models\/more\.yml:1:\d+: error: This YAML cannot be read/);
  assert.equal((await commandOutput({ files: broken }, ['check'])).code, 2);
  assert.equal((await commandOutput({ files: broken }, ['clean'])).code, 2);
  const nothing = await generate(shop('models: []'));
  assert.deepEqual([nothing.code, nothing.lines], [2, []]);
  assert.match(nothing.errors.join(), /There is nothing to generate: the project declares no source/);
});

test('a model with a fault does not keep rows from being made', async () => {
  const files = shop();
  files.set('models/bad.sql', "select * from {{ ref('nothing') }}");
  const { code, lines } = await generate(files, '--rows', '3');
  assert.equal(code, 0);
  assert.equal(lines[0], 'Wrote data/customers.csv: 3 rows');
});
