import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { nodeSelector } from '../../../src/core/select/nodeSelector.ts';
import { root } from '../root.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const fixture = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(root, 'test/fixtures', name), 'utf8'));
const before = projectTexts(fixture('select/project.json') as Record<string, string>);
const changes = fixture('state/changes.json') as readonly {
  readonly change: string;
  readonly files: Readonly<Record<string, string>>;
}[];
const { answers } = fixture('state/answers.json') as {
  readonly answers: readonly { readonly selected: Readonly<Record<string, readonly string[]>> }[];
};

/** The manifest.json of the project before any change, as Modelyard writes it. */
async function manifestBefore(): Promise<string> {
  const files = new MemoryProjectFiles(before);
  assert.equal((await commandOutput({ files }, ['parse'])).code, 0);
  return files.text('target/manifest.json');
}

const state = { folder: 'state', manifest: await manifestBefore(), runResults: undefined, sources: undefined };

for (const [i, { change, files }] of changes.entries()) {
  test(`after ${change}, state: names what dbt names`, async () => {
    const { project } = await testProject({ ...before, ...files }, { state });
    const { manifest } = await project.read();
    assert.ok(manifest !== undefined);
    const named = Object.keys(answers[i]?.selected ?? {}).map((value) => {
      const request = { select: [`state:${value}`], exclude: [], indirect: 'empty' } as const;
      const selected = project.select(manifest, request);
      const nodes = [...selected.value].flatMap((id) => manifest.nodes.get(id) ?? []);
      return [value, nodes.map(nodeSelector).sort()] as const;
    });
    assert.deepEqual(Object.fromEntries(named), answers[i]?.selected);
    await project.close();
  });
}

test('result: names what ended so, and a state without its file is an error', async () => {
  const runResults = JSON.stringify({
    results: [
      { unique_id: 'model.shop.orders', status: 'error' },
      { unique_id: 'model.shop.stg_orders', status: 'success' },
    ],
  });
  const { project } = await testProject(before, { state: { ...state, runResults } });
  const { manifest } = await project.read();
  assert.ok(manifest !== undefined);
  const select = (word: string): readonly string[] => {
    const { value, diagnostics } = project.select(manifest, { select: [word], exclude: [], indirect: 'empty' });
    return diagnostics.length > 0 ? diagnostics.map(({ code, message }) => `${code}: ${message}`) : [...value];
  };
  assert.deepEqual(select('result:error'), ['model.shop.orders']);
  assert.match(select('source_status:fresher').join(), /No previous state comparison freshness results/);
  assert.match(select('state:other').join(), /Got an invalid selector "other", expected one of "new, old, modified/);
  await project.close();
});

test('--defer takes the relations of the state for what is neither selected nor built', async () => {
  const texts = projectTexts({
    'models/a.sql': 'select 1 as id',
    'models/b.sql': "select * from {{ ref('a') }}",
  });
  const manifest = JSON.stringify({
    nodes: { 'model.shop.a': { database: 'database', schema: 'prod', alias: 'a_of_prod' } },
  });
  const compiled = async (favorsState: boolean, select: readonly string[], build: boolean): Promise<string> => {
    const files = new MemoryProjectFiles(texts);
    if (build) assert.equal((await commandOutput({ files }, ['run', '-s', 'a'])).code, 0);
    const shop = await testProject({}, { files, deferral: { manifest, favorsState } });
    await shop.run('run', select);
    await shop.project.close();
    return files.text('target/compiled/shop/models/b.sql');
  };
  assert.equal(await compiled(false, ['b'], false), 'select * from main."prod__a_of_prod"');
  assert.equal(await compiled(false, ['b'], true), 'select * from main."a"');
  assert.equal(await compiled(true, ['b'], true), 'select * from main."prod__a_of_prod"');
  assert.equal(await compiled(true, ['a', 'b'], false), 'select * from main."a"');
});
