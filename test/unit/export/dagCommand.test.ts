import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { planDag } from '../../../src/core/service/exportDag.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-dag-')));
after(() => {
  fs.rmSync(place, { recursive: true });
});

/** What stands in for dbt: it tells where it is run, with which arguments, and where it is to write. */
const teller = path.join(place, 'dbt');
fs.writeFileSync(
  teller,
  '#!/bin/sh\necho "in $PWD"\nprintf "<%s>" "$@"\necho\necho "target $DBT_TARGET_PATH"\necho "logs $DBT_LOG_PATH"\n',
  { mode: 0o755 },
);
const project = path.join(place, 'project');
const start = path.join(place, 'start');
for (const folder of [project, start]) fs.mkdirSync(folder);

/** Runs a task's command as Airflow does: with bash, in a folder of its own, with the variables that the DAG gives it. */
async function told(variables: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { project: read } = await testProject(projectTexts({ 'models/a.sql': 'select 1 as id' }));
  const choice = { schedule: '@daily', target: undefined, tasks: 'nodes' } as const;
  const { value } = await planDag(read, { select: [], exclude: [] }, choice);
  const [, command = ''] = /COMMAND = """\\\n(.*?)"""/s.exec(value?.text ?? '') ?? [];
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command.replace('%s', "'build' '--select' 'shop.a'")], {
    cwd: start,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      AIRFLOW_CTX_DAG_ID: 'shop_dbt',
      AIRFLOW_CTX_TASK_ID: 'model_a',
      PROJECT_DIR: project,
      EXECUTABLE: teller,
      ...variables,
    },
  });
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(place, '').trim());
}

const onUnix = { skip: process.platform === 'win32' };

test('a task runs dbt in the folder of the project, which is where dbt writes', onUnix, async () => {
  const called = '<build><--select><shop.a><--profiles-dir>';
  assert.deepEqual(await told({}), ['in /project', `${called}</project>`, 'target', 'logs']);
  const given = await told({ PROFILES_DIR: path.join(place, 'profiles'), TARGET: 'prod', WORK_DIR: '' });
  assert.deepEqual(given, ['in /project', `${called}</profiles><--target><prod>`, 'target', 'logs']);
});

test('with a folder for what dbt writes, each task has one of its own there', onUnix, async () => {
  const [where, , ...written] = await told({ WORK_DIR: path.join(place, 'work dir') });
  assert.equal(where, 'in /project');
  assert.deepEqual(written, ['target /work dir/shop_dbt/model_a/target', 'logs /work dir/shop_dbt/model_a/logs']);
  const temporary = await told({ WORK_DIR: '.' });
  assert.equal(temporary.at(-2), 'target /start/shop_dbt/model_a/target');
});

test("dbt's own variables say more", onUnix, async () => {
  const lines = await told({ WORK_DIR: '.', DBT_TARGET_PATH: '/t', DBT_LOG_PATH: '/l' });
  assert.deepEqual(lines.slice(-2), ['target /t', 'logs /l']);
});
