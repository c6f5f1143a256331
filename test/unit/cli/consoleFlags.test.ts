import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOutput, type CommandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts } from '../support/testProject.ts';

const shop = {
  'models/a.sql': 'select 1 as id, 2.5 as price union all select null, 10',
  'models/b.sql': "select id from {{ ref('a') }}",
  'models/schema.yml': [
    'models:',
    '  - name: a',
    '    columns:',
    '      - name: id',
    '        data_tests: [{not_null: {config: {severity: warn}}}]',
  ].join('\n'),
};

const output = (args: readonly string[], texts: Readonly<Record<string, string>> = shop): Promise<CommandOutput> =>
  commandOutput({ files: new MemoryProjectFiles(projectTexts(texts)) }, args);

test('--log-format json tells events by the names, codes and levels of dbt', async () => {
  const { code, lines } = await output(['--log-format', 'json', 'build']);
  assert.equal(code, 0);
  const events = lines.map((line) => JSON.parse(line) as { readonly info: Readonly<Record<string, string>> });
  assert.deepEqual(
    events.map(({ info }) => `${info['level'] ?? ''} ${info['name'] ?? ''} ${info['code'] ?? ''}`),
    [
      'info MainReportVersion A001',
      'info FoundStats W006',
      'info Formatting Z017',
      'info ConcurrencyLine Q027',
      'info Formatting Z017',
      'info LogStartLine Q011',
      'info LogModelResult Q012',
      'info LogStartLine Q011',
      'warn LogTestResult Q007',
      'info LogStartLine Q011',
      'info LogModelResult Q012',
      'info Formatting Z017',
      'info FinishedRunningStats E047',
      'info Formatting Z017',
      'info EndOfRunSummary Z030',
      'info Formatting Z017',
      'warn RunResultWarning Z021',
      'warn RunResultWarningMessage Z046',
      'info Formatting Z017',
      'info SQLCompiledPath Z026',
      'info Formatting Z017',
      'info StatsLine Z023',
    ],
  );
  assert.ok(events.every(({ info }) => info['invocation_id'] === 'invocation' && info['thread'] === 'MainThread'));
});

test('--quiet tells errors alone, --log-level what is as grave', async () => {
  assert.deepEqual((await output(['--quiet', 'build'])).lines, []);
  const { lines } = await output(['--log-level', 'warn', 'build']);
  assert.match(lines[0] ?? '', /^2 of 3 WARN 1 not_null_a_id/);
  assert.deepEqual(
    (await output(['--quiet', 'show', '--select', 'b', '--limit', '1'])).lines.slice(0, 2),
    ['|   id |', '| ---- |'].map((line) => line.replace('  id', 'id').replace('----', '--')),
  );
});

test('--warn-error makes warnings errors, and a test that warns a test that fails', async () => {
  assert.equal((await output(['run', '--select', 'nothing'])).code, 0);
  const refused = await output(['--warn-error', 'run', '--select', 'nothing']);
  assert.equal(refused.code, 2);
  assert.match(refused.lines.join('\n'), /Encountered an error:\nThe selection criterion 'nothing' does not match/);
  const failed = await output(['--warn-error', 'build']);
  assert.equal(failed.code, 1);
  assert.match(failed.lines.join('\n'), /Got 1 result, configured to fail if != 0/);
  const silenced = ['--warn-error-options', '{silence: [NoNodesForSelectionCriteria]}', 'run', '--select', 'nothing'];
  assert.doesNotMatch((await output(silenced)).lines.join('\n'), /does not match/);
});

test('--fail-fast ends the run with the first failure', async () => {
  const files = new MemoryProjectFiles(projectTexts({ ...shop, 'models/a.sql': 'select nothing as id' }));
  const { code, lines } = await commandOutput({ files }, ['run', '--fail-fast', '--select', 'a', 'c', 'b']);
  assert.equal(code, 1);
  assert.ok(lines.includes('Done. PASS=0 WARN=0 ERROR=1 SKIP=1 NO-OP=0 TOTAL=2'), lines.join('\n'));
  const { results } = JSON.parse(files.text('target/run_results.json')) as {
    readonly results: readonly { readonly message: string }[];
  };
  assert.equal(results[1]?.message, 'Skipping due to fail_fast');
});

test('--empty builds tables without rows, --no-write-json leaves the artifacts', async () => {
  const files = new MemoryProjectFiles(projectTexts(shop));
  assert.equal((await commandOutput({ files }, ['run', '--no-write-json', '--empty'])).code, 0);
  assert.ok(!files.paths.includes('target/run_results.json'));
  const compiled = files.text('target/compiled/shop/models/b.sql');
  assert.equal(compiled, 'select id from (select * from main."a" where false limit 0)');
  const { lines } = await commandOutput({ files }, ['show', '--inline', 'select count(*) as n from main.b', '--quiet']);
  assert.equal(lines[2], '| 0 |');
});

test('show and compile take SQL inline and give JSON', async () => {
  const sql = "select id, price from {{ ref('a') }} order by price";
  const shown = await output(['--quiet', 'show', '--inline', sql, '--output', 'json']);
  assert.deepEqual(JSON.parse(shown.lines.join('\n')), {
    show: [
      { id: 1, price: 2.5 },
      { id: null, price: 10 },
    ],
  });
  assert.deepEqual((await output(['compile', '--inline', sql])).lines.slice(-2), [
    'Compiled inline node is:',
    'select id, price from main."a" order by price',
  ]);
  const compiled = await output(['--quiet', 'compile', '--select', 'b', '--output', 'json']);
  assert.deepEqual(JSON.parse(compiled.lines.join('\n')), { node: 'b', compiled: 'select id from main."a"' });
});

test('ls gives the keys that are asked for', async () => {
  const { lines } = await output([
    'ls',
    '--select',
    'b',
    '--output',
    'json',
    '--output-keys',
    'name config.materialized',
  ]);
  assert.deepEqual(lines, ['{"name": "b", "config.materialized": "view"}']);
});

test('docs generate leaves out code, tables or what is not selected', async () => {
  const files = new MemoryProjectFiles(projectTexts(shop));
  const run = (...args: readonly string[]): Promise<CommandOutput> => commandOutput({ files }, args);
  assert.equal((await run('run')).code, 0);
  const cataloged = (): readonly string[] =>
    Object.keys((JSON.parse(files.text('target/catalog.json')) as { readonly nodes: object }).nodes);
  assert.equal((await run('docs', 'generate', '--select', 'b')).code, 0);
  assert.deepEqual(cataloged(), ['model.shop.b']);
  assert.equal((await run('docs', 'generate', '--empty-catalog')).code, 0);
  assert.deepEqual(cataloged(), []);
  assert.equal((await run('docs', 'generate', '--no-compile')).code, 0);
  assert.deepEqual(cataloged(), ['model.shop.a', 'model.shop.b']);
  assert.doesNotMatch(files.text('target/manifest.json'), /"compiled_code"/);
});

test('--no-print tells nothing that templates print', async () => {
  const texts = { 'models/a.sql': "{% do print('hello') if execute %}select 1 as id" };
  assert.ok((await output(['--quiet', 'run'], texts)).lines.includes('hello'));
  assert.deepEqual((await output(['--quiet', '--no-print', 'run'], texts)).lines, []);
});

test('retry calls a macro that failed again, with its arguments', async () => {
  const files = new MemoryProjectFiles(
    projectTexts({
      'macros/tell.sql':
        "{% macro tell(word) %}{% if var('fails', true) %}{{ exceptions.raise_compiler_error('no') }}{% endif %}{% do print(word) %}{% endmacro %}",
    }),
  );
  const run = (...args: readonly string[]): Promise<CommandOutput> => commandOutput({ files }, args);
  assert.equal((await run('run-operation', 'tell', '--args', '{word: told}')).code, 1);
  assert.equal((await run('retry')).code, 1);
  const again = await run('--quiet', 'retry', '--vars', '{fails: false}');
  assert.deepEqual([again.code, again.lines], [0, ['told']]);
});
