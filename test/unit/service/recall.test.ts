import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject, type TestProject } from '../support/testProject.ts';

const texts = projectTexts({
  'models/good.sql': 'select 1 as id',
  'models/other.sql': 'select 2 as id',
  'models/schema.yml': 'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests: [unique]\n',
});

/** The project as another session finds it, with some files changed. */
async function reopened(before: TestProject, changed: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const found = Object.fromEntries(
    before.files.paths.filter((path) => !path.endsWith('.db')).map((path) => [path, before.files.text(path)]),
  );
  const { project } = await testProject({ ...found, ...changed });
  await project.read();
  return [...project.lastResults.values()].map(({ node, status }) => `${node.name} ${status}`).sort();
}

async function built(): Promise<TestProject> {
  const project = await testProject(texts);
  await project.run();
  return project;
}

test('a project that was built is known to be built when it is opened again', async () => {
  assert.deepEqual(await reopened(await built()), ['good success', 'other success', 'unique_good_id pass']);
});

test('a model that was changed since is not', async () => {
  const found = await reopened(await built(), { 'models/good.sql': 'select 3 as id' });
  assert.deepEqual(found, ['other success', 'unique_good_id pass']);
});

test('artifacts that are cut short or of another shape say nothing', async () => {
  const project = await built();
  const half = project.files.text('target/run_results.json').slice(0, 100);
  assert.deepEqual(await reopened(project, { 'target/run_results.json': half }), []);
  assert.deepEqual(await reopened(project, { 'target/run_results.json': '{"results": 3}' }), []);
});
