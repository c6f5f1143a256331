import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleProjectTexts } from '../support/testProject.ts';
import { checked, violationText } from './checked.ts';
import { cleaned } from './cleaned.ts';

const raw = sampleProjectTexts();
const tables = ['affiliates', 'players', 'transactions'] as const;
const dataFile = (table: (typeof tables)[number]): string => `data/${table}.csv`;

/** A change of a file's text: what happens to data on its way. */
type Damage = (text: string) => string;

const junk = fc.constantFrom(
  '',
  ',',
  ',,',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  ';',
  'x',
  '0',
  '-1',
  'NULL',
  'é',
  '\ufeff',
  ' ',
  '2024-99-01',
  '9'.repeat(25),
  "'",
  '\0',
  'TRUE',
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  // Something is put in the place of some characters.
  fc.tuple(fc.nat(), fc.nat(30), junk).map(([at, length, text]): Damage => (csv) => {
    const from = at % (csv.length + 1);
    return csv.slice(0, from) + text + csv.slice(from + length);
  }),
  // A line is repeated, moved to the end, or lost.
  fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2)).map(([at, copies]): Damage => (csv) => {
    const lines = csv.split('\n');
    const [line = ''] = lines.splice(at % lines.length, 1);
    return [...lines, ...Array.from({ length: copies }, () => line)].join('\n');
  }),
  // A value takes the place of another.
  fc.tuple(fc.nat(), fc.nat(), fc.nat(5)).map(([one, other, column]): Damage => (csv) => {
    const lines = csv.split('\n').map((line) => line.split(','));
    const [from, to] = [lines[one % lines.length], lines[other % lines.length]];
    if (to !== undefined && column < to.length) to[column] = from?.[column] ?? '';
    return lines.map((line) => line.join(',')).join('\n');
  }),
);

const damaged = fc
  .array(fc.tuple(fc.constantFrom(...tables), damage), { minLength: 1, maxLength: 6 })
  .map((damages) => {
    const texts = { ...raw };
    for (const [table, change] of damages) texts[dataFile(table)] = change(texts[dataFile(table)] ?? '');
    return texts;
  });

test('whatever happened to the data, checking ends, and what cleaning leaves breaks no rule', async () => {
  let clean = 0;
  await fc.assert(
    fc.asyncProperty(damaged, async (texts) => {
      const { plan, files } = await cleaned(texts);
      const isWhole = plan.tables.every((one) => one.obstacle === undefined) && plan.left.length === 0;
      for (const { file, line, reason } of plan.report.violations) assert.ok(file !== '' && line > 0 && reason !== '');
      if (!isWhole || plan.report.diagnostics.length > 0) return;
      clean += 1;
      const after = Object.fromEntries(tables.map((table) => [dataFile(table), files.text(`${table}.csv`)]));
      const { violations } = await checked({ ...raw, ...after });
      assert.deepEqual(violations.filter(({ rule }) => rule.name !== 'csv_missing_column').map(violationText), []);
      const again = await cleaned({ ...raw, ...after });
      for (const table of tables) assert.equal(again.files.text(`${table}.csv`), after[dataFile(table)]);
    }),
    { numRuns: Number(process.env['MODELYARD_DAMAGES'] ?? 60), seed: 20241104 },
  );
  assert.ok(clean > 20, `only ${String(clean)} could be cleaned`);
});
