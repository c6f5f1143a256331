import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeModels, type SampleModels, type SampleTexts } from '../../sample/independentModels.ts';
import { generateSample } from '../../sample/generateInMemory.ts';
import { cleanedSample, rawSample } from '../../sample/sampleTables.ts';
import { sampleProjectTexts, testProject, type TestProject } from '../support/testProject.ts';

const models = ['daily_player_transactions', 'agg_discord_deposits_by_country', 'player_top_three_deposits'] as const;

/** The sample project on some data. */
function sampleOn(texts: SampleTexts): Promise<TestProject> {
  const data = Object.entries(texts).map(([name, text]) => [`data/${name}.csv`, text as string] as const);
  return testProject({ ...sampleProjectTexts(), ...Object.fromEntries(data) });
}

/** A model's rows as `column=value` texts, money in cents, in a fixed order. */
async function builtRows(sample: TestProject, expected: readonly object[], model: string): Promise<string[]> {
  const columns = Object.keys(expected[0] ?? {});
  if (columns.length === 0) return (await sample.rows(`select * from "${model}"`)).map(String);
  const found = await sample.rows(`select ${columns.join(', ')} from "${model}"`);
  return found
    .map((row) =>
      line(
        columns,
        row.map((value, i) => inCents(columns[i] ?? '', value)),
      ),
    )
    .sort();
}

const isMoney = (column: string): boolean => /deposits?$|withdrawals$|_sum$/.test(column);

/** Fails for money that is not exact to the cent. */
function inCents(column: string, value: unknown): unknown {
  if (!isMoney(column) || typeof value !== 'number') return value;
  const cents = Math.round(value * 100);
  assert.equal(value, cents / 100, `${column} ${String(value)} is not exact to the cent`);
  return cents;
}

function line(columns: readonly string[], values: readonly unknown[]): string {
  return columns.map((column, i) => `${column}=${cell(values[i])}`).join(' ');
}

/** Ids are numbers in the database and texts in a CSV. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function assertAgrees(texts: SampleTexts): Promise<void> {
  const sample = await sampleOn(texts);
  const { endings } = await sample.run('run');
  assert.deepEqual([...endings].sort(), models.map((model) => `${model} success`).sort());
  const expected: SampleModels = computeModels(texts);
  for (const model of models) {
    const rows = expected[model].map((row) => line(Object.keys(row), Object.values(row))).sort();
    assert.deepEqual(await builtRows(sample, expected[model], model), rows, model);
  }
}

test('the raw sample gives 10 days, no Discord deposits and two players with deposits', async () => {
  const sample = await sampleOn(rawSample());
  await sample.run('run');
  const count = async (model: string): Promise<unknown> => (await sample.rows(`select count(*) from ${model}`))[0]?.[0];
  assert.deepEqual(await Promise.all(models.map(count)), [10, 0, 2]);
  const top = await sample.rows('select player_id, largest_deposit from player_top_three_deposits order by 1');
  assert.deepEqual(top, [
    [5, 304.94],
    [10, 432.51],
  ]);
});

test('the sample cleaned by hand gives three days and nothing else', async () => {
  const sample = await sampleOn(cleanedSample());
  const { endings } = await sample.run('build');
  assert.deepEqual(
    endings.filter((ending) => !/ (pass|success)$/.test(ending)),
    [],
  );
  const count = async (model: string): Promise<unknown> => (await sample.rows(`select count(*) from ${model}`))[0]?.[0];
  assert.deepEqual(await Promise.all(models.map(count)), [3, 0, 0]);
});

test('on the raw sample the tests of the broken rules fail, and what reads players is skipped', async () => {
  const { endings } = await (await sampleOn(rawSample())).run('build');
  assert.deepEqual(
    endings.filter((ending) => !/ (pass|success)$/.test(ending) && !ending.startsWith('not_null_agg')),
    [
      'source_unique_raw_players_id fail',
      'transactions_need_a_verified_player fail',
      'agg_discord_deposits_by_country skipped',
      'unique_agg_discord_deposits_by_country_country_code skipped',
    ],
  );
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
  test(`an independent computation agrees to the cent on 1,000 generated rows, seed ${String(seed)}`, async () => {
    await assertAgrees(await generateSample({ rows: 1000, seed }));
  });
}

test('an independent computation agrees to the cent on 100,000 generated rows', async () => {
  await assertAgrees(await generateSample({ rows: 100_000, seed: 42 }));
});
