import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintFaults } from '../../../src/core/service/hintFaults.ts';
import { projectTexts, sampleProjectTexts, testProject } from '../support/testProject.ts';

/** `line:column code message`, counted from one. */
async function faults(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const open = await testProject(texts);
  const { project } = await open.project.read();
  assert.ok(project !== undefined);
  const found = await hintFaults(project, open.files);
  return found.map(
    ({ code, range: { start }, message }) =>
      `${String(start.line + 1)}:${String(start.character + 1)} ${code} ${message}`,
  );
}

test('the hints of the sample have no fault', async () => {
  assert.deepEqual(await faults(sampleProjectTexts()), []);
});

test('a fault of a hint stands at the hint, of a column and of a table, in blocks and in flow', async () => {
  const sources = `sources:
  - name: raw
    tables:
      - name: orders
        config:
          meta:
            modelyard:
              rows: many
        columns:
          - name: id
            meta: { modelyard: { nul_rate: 0.1 } }
          - name: price
            config:
              meta:
                modelyard:
                  min: 1
                  null_rate: 2
`;
  const found = await faults(projectTexts({ 'models/sources.yml': sources }));
  assert.deepEqual(
    found.map((line) => line.split(' ').slice(0, 2).join(' ')),
    ['8:15 data.badHint', '11:34 data.unknownHint', '17:19 data.badHint'],
  );
  assert.match(found[2] ?? '', /orders\.price: the hint "null_rate" must be a number from 0 to 1/);
});

test('a hint that is written with the source is reported at the table', async () => {
  const sources = `sources:
  - name: raw
    config: { meta: { modelyard: { rows: many } } }
    tables:
      - name: orders
        columns: [{ name: id }]
`;
  const found = await faults(projectTexts({ 'models/sources.yml': sources }));
  assert.deepEqual(
    found.map((line) => line.split(' ').slice(0, 2).join(' ')),
    ['5:15 data.badHint'],
  );
});
