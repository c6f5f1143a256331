import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { reasonInOutput } from '../../../src/extension/dbt/reasonInOutput.ts';
import { root } from '../root.ts';
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

/** What `dbt build` left of one project, as a version of dbt wrote it. */
interface Recorded {
  readonly dbt: string;
  readonly runResults: object;
  readonly manifest: object;
  /** Runs that failed as a whole, by the target. */
  readonly failed: Readonly<Record<string, { readonly output: string; readonly runResults: object | null }>>;
}

const folder = path.join(root, 'test/fixtures/recall');
const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const shop = read('project.json') as Readonly<Record<string, string>>;
const recorded = fs
  .readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .map((name) => read(name) as Recorded);

const ended = [
  'accepted_values_countries_code__FR fail',
  'behind skipped',
  'block success',
  'broken error',
  'countries success',
  'kept success',
  'orders success',
  'sold pass',
  'sold warn',
  'unique_orders_id pass',
];

test('there are artifacts of dbt-core 1, of dbt 2, and of dbt 2 with Fusion', () => {
  assert.deepEqual(recorded.map(({ dbt }) => dbt).sort(), ['1.11.14', '2.0.0-alpha.4', '2.0.0-preview.196']);
});

for (const { dbt, failed, manifest, runResults } of recorded) {
  const artifacts = {
    'target/manifest.json': JSON.stringify(manifest),
    'target/run_results.json': JSON.stringify(runResults),
  };
  const resultsIn = async (texts: Readonly<Record<string, string>>): Promise<TestProject['project']['lastResults']> => {
    const { project } = await testProject(texts);
    await project.takeResults();
    return project.lastResults;
  };
  const lines = (results: TestProject['project']['lastResults']): readonly string[] =>
    [...results.values()].map(({ node, status }) => `${node.name} ${status}`).sort();

  test(`dbt ${dbt}: how each kind of node ended is taken up, and why`, async () => {
    const results = await resultsIn({ ...shop, ...artifacts });
    assert.deepEqual(lines(results), ended);
    const notWell = [...results.values()].filter(({ status }) => ['error', 'fail', 'warn'].includes(status));
    assert.deepEqual(notWell.map(({ failures }) => failures).sort(), [1, 1, undefined]);
    const [broken] = notWell.filter(({ status }) => status === 'error');
    assert.match(broken?.message ?? '', /Error in model broken .*\n *Binder Error: Referenced column "no_such_column"/);
    for (const { message } of notWell.filter(({ failures }) => failures === 1))
      assert.match(message ?? '', /^Got 1 result/);
    for (const { message } of results.values()) assert.doesNotMatch(message ?? '', /^(Pass|Error|Warn|Succeeded)$/);
  });

  test(`dbt ${dbt}: a command that fails as a whole says why, and nothing of any node`, async () => {
    const reasons = ['unreachable', 'nowhere'].map((target) => reasonInOutput(failed[target]?.output ?? '') ?? '');
    assert.match(reasons[0] ?? '', /IO Error: Cannot open file "\/nowhere\/shop\.duckdb": No such file or directory$/);
    assert.match(
      reasons[1] ?? '',
      dbt.startsWith('1.') ? /^The profile 'shop' does not have a target/ : /^target 'nowhere' not found/,
    );
    for (const { runResults } of Object.values(failed)) {
      if (runResults === null) continue;
      const left = { 'target/run_results.json': JSON.stringify(runResults) };
      assert.deepEqual(lines(await resultsIn({ ...shop, ...artifacts, ...left })), []);
    }
  });

  test(`dbt ${dbt}: what was edited since is not`, async () => {
    const properties = shop['models/properties.yml']?.replace('amount: 10', 'amount: 11') ?? '';
    const edited = {
      'models/orders.sql': 'select 1 as id, 11 as amount',
      'models/properties.yml': properties,
      'tests/sold.sql': 'select 1',
    };
    const found = lines(await resultsIn({ ...shop, ...artifacts, ...edited }));
    const kept = ended.filter((one) => !['orders success', 'sold warn'].includes(one));
    // dbt 2 says nothing by which the text of a unit test would be known.
    assert.deepEqual(found, dbt.startsWith('2.') ? kept : kept.filter((one) => one !== 'sold pass'));
  });

  test(`dbt ${dbt}: line ends of another system are no edit`, async () => {
    const windows = Object.fromEntries(
      Object.entries(shop).map(([name, text]) => [name, name.endsWith('.sql') ? text.replaceAll('\n', '\r\n') : text]),
    );
    assert.deepEqual(lines(await resultsIn({ ...windows, ...artifacts })), ended);
  });
}

test('output in which dbt does not say why a command failed gives no reason', () => {
  assert.equal(reasonInOutput(''), undefined);
  assert.equal(reasonInOutput('00:00:00  Completed with 1 error\nDone. PASS=1\n'), undefined);
  const colours =
    '\u001b[0m00:00:00  Encountered an error:\r\nDatabase Error\r\n  refused:\r\n  port 9\r\n00:00:01  bye\r\n';
  assert.equal(reasonInOutput(colours), 'refused: port 9');
});
