import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { generateData } from '../../../src/core/service/generateData.ts';
import { parseCsv } from '../../sample/parseCsv.ts';
import { projectTexts, testProject } from '../support/testProject.ts';
import { broken, propertiesOf, randomProjects, type RandomProject, type RandomTable } from './randomProject.ts';

/** Projects a run; `MODELYARD_PROJECTS=2000 npm run unit -- randomProjects` looks further. */
const numRuns = Number(process.env['MODELYARD_PROJECTS'] ?? 60);
const seed = Number(process.env['MODELYARD_SEED'] ?? 20240110);

interface Made {
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly failed: readonly string[];
}

async function make({ tables, seed: dataSeed }: RandomProject, judge = false): Promise<Made> {
  const { project, files } = await testProject(projectTexts({ 'models/sources.yml': propertiesOf(tables) }));
  const { value, diagnostics } = await generateData(project, {
    judge,
    seed: dataSeed,
    rowsByTable: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
    cancellation: neverCancelled,
    progress: () => undefined,
  });
  await project.close();
  const texts = value?.tables.map(({ name, path }) => [name, files.text(path)] as const);
  const failed = value?.verdict?.failed.map((one) => JSON.stringify(one)) ?? [];
  return { files: texts === undefined ? undefined : new Map(texts), diagnostics, failed };
}

/** A refusal names a place in the file and says why. */
function assertReason({ diagnostics }: Made): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.ok(errors.length > 0, 'nothing was made and no reason given');
  for (const { file, range, message } of errors) {
    assert.equal(file, 'models/sources.yml', message);
    assert.ok(range.end.line > range.start.line || range.end.character > range.start.character, message);
    assert.ok(message.length > 20, message);
  }
}

const extra: RandomTable = {
  name: 'zulu',
  rows: 50,
  combinations: [],
  columns: [
    {
      name: 'owner_id',
      data_type: 'integer',
      data_tests: [{ relationships: { arguments: { to: "source('shop', 'alpha')", field: 'id' } } }],
      config: { meta: { modelyard: {} } },
      asked: { notNull: false, unique: false, oneToOne: false, parent: { table: 'alpha', column: 'id' } },
    },
  ],
};

test(`the rows of ${String(numRuns)} random projects keep their rules, or a reason says why none are made (seed ${String(seed)})`, async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(randomProjects, async (project) => {
      const result = await make(project, true);
      const { files } = result;
      if (files === undefined) {
        assertReason(result);
        return;
      }
      made += 1;
      const rows = new Map([...files].map(([name, text]) => [name, parseCsv(text)]));
      assert.deepEqual(
        broken(project, (table) => rows.get(table) ?? []),
        [],
      );
      assert.deepEqual(result.failed, []);
      assert.deepEqual((await make(project)).files, files, 'the same seed gave other bytes');
      const more = await make({ ...project, tables: [...project.tables, extra] });
      for (const [name, text] of files) assert.equal(more.files?.get(name), text, `${name} beside another table`);
    }),
    { numRuns, seed },
  );
  assert.ok(made >= numRuns / 3, `only ${String(made)} projects were made at all`);
});
