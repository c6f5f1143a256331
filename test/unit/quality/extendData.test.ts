import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { generateData, type GenerateRequest } from '../../../src/core/service/generateData.ts';
import { findViolations, parseRows } from '../../sample/independentModels.ts';
import { parseCsv } from '../../sample/parseCsv.ts';
import { cleanedSample } from '../../sample/sampleTables.ts';
import { broken, propertiesOf, randomProjects } from '../datagen/randomProject.ts';
import { faultLine, projectTexts, sampleProjectTexts, testProject } from '../support/testProject.ts';
import { sourceProject } from './checked.ts';

const ask = { extend: true, judge: true, seed: 42, cancellation: neverCancelled, progress: (): void => undefined };

interface Extended {
  readonly files: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** Files in, files out. */
async function extended(
  texts: Readonly<Record<string, string>>,
  request: Partial<GenerateRequest> = {},
): Promise<Extended> {
  const { project, files } = await testProject(texts);
  const { value, diagnostics } = await generateData(project, { ...ask, ...request });
  if (value !== undefined) {
    assert.deepEqual([value.verdict?.failed, value.verdict?.notRun], [[], []]);
  }
  const made = (value?.tables ?? []).map(({ path }) => [path, files.text(path)] as const);
  return { files: Object.fromEntries(made), faults: diagnostics.map(faultLine) };
}

function cleanSampleTexts(): Record<string, string> {
  const { affiliates, players, transactions } = cleanedSample();
  const clean = {
    'data/affiliates.csv': affiliates,
    'data/players.csv': players,
    'data/transactions.csv': transactions,
  };
  return { ...sampleProjectTexts(), ...clean };
}

const sample = (files: Extended['files']): Parameters<typeof findViolations>[0] => ({
  affiliates: files['data/affiliates.csv'] ?? '',
  players: files['data/players.csv'] ?? '',
  transactions: files['data/transactions.csv'] ?? '',
});

for (const seed of [1, 2, 3, 5, 8]) {
  test(`the cleaned sample goes on to 1,000 rows a table from seed ${String(seed)}, and no rule is broken`, async () => {
    const given = cleanSampleTexts();
    const { files, faults } = await extended(given, { rows: 1000, seed });
    assert.deepEqual(faults, []);
    assert.deepEqual(findViolations(sample(files)), []);
    for (const [path, text] of Object.entries(files)) {
      assert.ok(text.startsWith(given[path] ?? '?'), `${path} begins with the rows that were there`);
      const ids = parseRows(text).map(({ id }) => Number(id));
      assert.equal(ids.length, 1000);
      const first = parseRows(given[path] ?? '').length;
      assert.ok(
        ids.slice(first).every((id, i) => id === (ids[first - 1] ?? 0) + 1 + i),
        `${path}: ids go on`,
      );
    }
  });
}

test('the shape of the given rows is kept', async () => {
  const { files } = await extended(cleanSampleTexts(), { rows: 5000 });
  const players = parseRows(files['data/players.csv'] ?? '');
  const share = (what: (row: Record<string, string>) => boolean): number =>
    players.filter(what).length / players.length;
  const near = (found: number, wanted: number, what: string): void =>
    assert.ok(Math.abs(found - wanted) < 0.04, `${what}: ${String(found)} is not near ${String(wanted)}`);
  // Of the ten given players three are in Brazil, two in Canada, eight are approved, two have no affiliate; one row's
  // worth of what the project says is added.
  near(
    share((row) => row['country_code'] === 'BR'),
    (3 + 0.24) / 11,
    'BR',
  );
  near(
    share((row) => row['country_code'] === 'CA'),
    (2 + 0.12) / 11,
    'CA',
  );
  near(
    share((row) => row['is_kyc_approved'] === 'TRUE'),
    (8 + 0.8) / 11,
    'approved',
  );
  near(
    share((row) => row['affiliate_id'] === ''),
    0.2,
    'without an affiliate',
  );
  const created = players.map((row) => row['created_at'] ?? '').sort();
  assert.equal(created[0], '2024-01-10 17:07:01+00:00');
  assert.equal(created.at(-1), '2024-10-14 23:45:05+00:00');
  const amounts = parseRows(files['data/transactions.csv'] ?? '').map((row) => Number(row['amount']));
  assert.deepEqual([Math.min(...amounts), Math.max(...amounts)], [140.35, 612.24]);
  const codes = parseRows(files['data/affiliates.csv'] ?? '').map((row) => row['code']);
  assert.equal(new Set(codes).size, codes.length);
});

test('rows that break a rule are not extended, and it is said which', async () => {
  const raw = sampleProjectTexts();
  const { files, faults } = await extended(raw, { rows: 1000 });
  assert.deepEqual(files, {});
  assert.deepEqual(faults, [
    'data.notClean data/players.csv:1 Only clean rows are extended, and 9 break a rule (data/players.csv:11: id 10 occurs 2 times). Clean the data first: modelyard clean.',
  ]);
});

test('fewer rows than there are leave the file as it is, and a table without a file is made', async () => {
  const texts = sourceProject(
    `
      - name: users
        columns: [{name: id, data_type: integer, data_tests: [unique]}, {name: name}]
      - name: visits
        columns:
          - {name: id, data_type: integer, data_tests: [unique]}
          - {name: user_id, data_type: integer, data_tests: [{relationships: {arguments: {to: "source('raw', 'users')", field: id}}}]}
`,
    { 'data/users.csv': 'name,id,extra\r\n"Ada, A.",7,x\r\nBo,9,\r\n' },
  );
  const { files } = await extended(texts, { rows: 2 });
  assert.equal(files['data/users.csv'], 'name,id,extra\n"Ada, A.",7,x\nBo,9,\n');
  assert.deepEqual(
    [...new Set(parseRows(files['data/visits.csv'] ?? '').map((row) => row['user_id']))].every(
      (id) => id === '7' || id === '9',
    ),
    true,
  );
  const more = await extended(texts, { rows: 40 });
  const users = parseCsv(more.files['data/users.csv'] ?? '');
  assert.deepEqual(Object.keys(users[0] ?? {}), ['name', 'id', 'extra']);
  assert.deepEqual(
    users.slice(2).map((row) => row['id']),
    Array.from({ length: 38 }, (_, i) => String(10 + i)),
  );
});

test('keys that are texts stay single, and new rows refer to new parents where the given ones have no number', async () => {
  const texts = sourceProject(
    `
      - name: accounts
        columns:
          - {name: code, data_type: text, data_tests: [unique, not_null], config: {meta: {modelyard: {pattern: "[AB][0-9]"}}}}
      - name: logins
        columns:
          - {name: account, data_type: text, data_tests: [not_null, {relationships: {arguments: {to: "source('raw', 'accounts')", field: code}}}]}
`,
    { 'data/accounts.csv': 'code\nA3\nB7\nspecial\nA9\n', 'data/logins.csv': 'account\nspecial\nA3\n' },
  );
  const { files, faults } = await extended(texts, { rows: 20 });
  assert.deepEqual(faults, []);
  const codes = parseRows(files['data/accounts.csv'] ?? '').map((row) => row['code']);
  assert.deepEqual([codes.length, new Set(codes).size], [20, 20]);
  const all = await extended(texts, { rows: 24 });
  assert.match(all.faults.join(), /24 rows need values that occur once each, and only 20 are possible/);
});

test('what was made can be made longer, for random projects, and keeps the rules', async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(randomProjects, async (random) => {
      const open = await testProject(projectTexts({ 'models/sources.yml': propertiesOf(random.tables) }));
      const rowsByTable = Object.fromEntries(random.tables.map(({ name, rows }) => [name, rows]));
      const first = await generateData(open.project, {
        ...ask,
        extend: false,
        judge: false,
        seed: random.seed,
        rowsByTable,
      });
      if (first.value === undefined) return;
      const longer = Object.fromEntries(random.tables.map(({ name, rows }) => [name, rows + 40]));
      const before = new Map(first.value.tables.map(({ path }) => [path, open.files.text(path)]));
      const second = await generateData(open.project, { ...ask, seed: random.seed, rowsByTable: longer });
      if (second.value === undefined) {
        assert.ok(second.diagnostics.some(({ severity }) => severity === 'error'));
        return;
      }
      made += 1;
      assert.deepEqual(
        second.value.verdict?.failed.map(({ node }) => node.name),
        [],
      );
      const paths = new Map(second.value.tables.map(({ name, path }) => [name, path]));
      for (const [path, text] of before) assert.ok(open.files.text(path).startsWith(text), path);
      const counts = { ...random, tables: random.tables.map((table) => ({ ...table, rows: table.rows + 40 })) };
      assert.deepEqual(
        broken(counts, (name) => parseCsv(open.files.text(paths.get(name) ?? ''))),
        [],
      );
    }),
    { numRuns: Number(process.env['MODELYARD_PROJECTS'] ?? 40), seed: 20240110 },
  );
  assert.ok(made >= 10, `only ${String(made)} projects were made longer`);
});
