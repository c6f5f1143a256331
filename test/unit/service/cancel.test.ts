import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { CancellationSource } from '../../../src/core/diagnostics/cancellation.ts';
import { startEngine } from '../../../src/engine/node/startEngine.ts';
import { sqliteWasm } from '../engine/testEngine.ts';
import { root } from '../root.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-cancel-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const workerScript = path.join(folder, 'engineWorker.cjs');
await build({
  absWorkingDir: root,
  entryPoints: ['src/engine/node/engineWorker.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile: workerScript,
});

const endless = [
  "{{ config(materialized='table') }}",
  'with recursive n as (select 1 as i union all select i + 1 from n)',
  "select count(*) as c from n, {{ ref('first') }}",
].join('\n');

test('a model that never ends is cancelled: tables and artifacts stay, and the next run works', async () => {
  const texts = projectTexts({ 'models/first.sql': "{{ config(materialized='table') }}select 1 as id" });
  const project = await testProject(texts, { engine: startEngine({ workerScript, sqliteWasm }) });
  await project.run();
  const artifacts = ['target/manifest.json', 'target/run_results.json', 'target/warehouse.db'];
  const before = artifacts.map((file) => project.files.text(file));
  project.files.set('models/first.sql', "{{ config(materialized='table') }}select 2 as id");
  project.files.set('models/second.sql', endless);

  const source = new CancellationSource();
  const run = await project.run('run', [], {
    cancellation: source.token,
    onEvent: (event) => {
      // The statement is on its way to the worker when the node has started.
      if (event.kind === 'nodeStarted' && event.node.name === 'second') setTimeout(() => source.cancel(), 100);
    },
  });
  assert.equal(run.results?.cancelled, true);
  assert.deepEqual(run.endings, ['first success']);
  assert.deepEqual(
    artifacts.map((file) => project.files.text(file)),
    before,
  );

  await project.files.remove('models/second.sql');
  const next = await project.run();
  assert.deepEqual(next.endings, ['first success']);
  assert.deepEqual(await project.rows('select id from first'), [[2]]);
  await project.project.close();
});
