import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { sampleFiles } from '../../../scripts/sampleFiles.mjs';
import { root } from '../root.ts';

/** The command line as the build lays it out, with what it ships beside it. */
const shipped = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-cli-'));
after(() => fs.rmSync(shipped, { recursive: true, force: true }));
const dist = path.join(shipped, 'dist');
const bundle = { absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' } as const;
await build({ ...bundle, entryPoints: ['src/cli/main.ts'], outfile: path.join(dist, 'cli.js') });
await build({
  ...bundle,
  entryPoints: ['src/engine/node/engineWorker.ts'],
  outfile: path.join(dist, 'node/engineWorker.js'),
});
fs.copyFileSync(path.join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'), path.join(dist, 'sql-wasm.wasm'));
fs.writeFileSync(path.join(dist, 'sampleFiles.json'), JSON.stringify(sampleFiles(root)));
for (const folder of ['models', 'templates']) {
  fs.cpSync(path.join(root, folder), path.join(shipped, folder), { recursive: true });
}

interface Answer {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

function modelyard(cwd: string, ...args: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(dist, 'cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: shipped },
  });
  return { code: status, lines: stdout.split('\n'), errors: stderr };
}

const workspace = path.join(shipped, 'workspace');
const project = path.join(workspace, 'dbt_project');

test('create writes the sample, and nothing over what is there', () => {
  assert.equal(modelyard(shipped, 'create', workspace).code, 0);
  assert.ok(fs.existsSync(path.join(workspace, 'airflow_dag/dbt_dag.py')));
  assert.equal(
    fs.readFileSync(path.join(project, 'data/players.csv'), 'utf8'),
    fs.readFileSync(path.join(root, 'templates/gaming_analytics/dbt_project/data/players.csv'), 'utf8'),
  );
  const again = modelyard(shipped, 'create', workspace);
  assert.equal(again.code, 1);
  assert.match(again.errors, /Nothing was written/);
});

test('build on the raw sample fails as dbt would, and says what did', () => {
  const { code, lines } = modelyard(project, 'build');
  assert.equal(code, 1);
  assert.ok(lines.includes('Done. PASS=32 WARN=0 ERROR=2 SKIP=5 NO-OP=0 TOTAL=39'), lines.slice(-5).join('\n'));
  assert.match(lines.join('\n'), /20 of 39 FAIL 1 source_unique_raw_players_id \.+ \[FAIL 1 in \d+\.\d\ds\]/);
  assert.ok(lines.includes('Failure in test source_unique_raw_players_id (models/sources.yml)'));
});

test('generate and build give a project whose tests all pass', () => {
  assert.equal(modelyard(project, 'generate', '--rows', '200', '--seed', '42').code, 0);
  assert.equal(fs.readFileSync(path.join(project, 'data/players.csv'), 'utf8').split('\n').length, 202);
  const { code, lines } = modelyard(project, 'build');
  assert.equal(code, 0);
  assert.ok(lines.includes('Completed successfully'));
  const results = JSON.parse(fs.readFileSync(path.join(project, 'target/run_results.json'), 'utf8')) as {
    results: readonly { readonly status: string }[];
  };
  assert.deepEqual(new Set(results.results.map(({ status }) => status)), new Set(['pass', 'success']));
  assert.equal(
    fs.readFileSync(path.join(project, 'target/warehouse.db')).subarray(0, 15).toString(),
    'SQLite format 3',
  );
});

test('the project may be named from elsewhere', () => {
  const { code, lines } = modelyard(
    shipped,
    'ls',
    '--project-dir',
    project,
    '--select',
    '+player_top_three_deposits',
    '--resource-type',
    'model',
    'source',
  );
  assert.equal(code, 0);
  assert.deepEqual(lines.slice(0, 2), [
    'gaming_analytics.core.player_top_three_deposits',
    'source:gaming_analytics.raw.transactions',
  ]);
});

test('show prints rows as a table, also of SQL given inline', () => {
  const sql = "select count(*) as n, cast('2024-05-01' as date) as d from {{ source('raw', 'players') }}";
  assert.deepEqual(modelyard(project, 'show', '--inline', sql).lines.slice(5, 9), [
    'Previewing inline node:',
    '|   n | d          |',
    '| --- | ---------- |',
    '| 200 | 2024-05-01 |',
  ]);
});

test('compile prints the code of one node and writes it', () => {
  const { code, lines } = modelyard(project, 'compile', '--select', 'daily_player_transactions');
  assert.equal(code, 0);
  assert.ok(lines.includes("Compiled node 'daily_player_transactions' is:"));
  assert.match(lines.join('\n'), /from main\."raw__transactions" as transactions/);
  const file = 'target/compiled/gaming_analytics/models/core/daily_player_transactions.sql';
  assert.ok(fs.existsSync(path.join(project, file)));
});

test('what cannot be understood or read ends with code 2', () => {
  assert.equal(modelyard(project, 'build', '--selct', 'x').code, 2);
  assert.match(
    modelyard(project, 'build', '--selct', 'x').errors,
    /No such option '--selct'\. \(Did you mean one of: '--help', '--select', '--selector'\?\)/,
  );
  assert.equal(modelyard(project, 'fly').code, 2);
  const empty = modelyard(shipped, 'build');
  assert.equal(empty.code, 2);
  assert.match(empty.lines.join('\n'), /dbt_project\.yml:1:1: error: No dbt_project\.yml here/);
  assert.equal(modelyard(project, 'ls', '--select', 'nothing:x').code, 2);
  assert.equal(modelyard(project, 'build', '--target', 'nowhere').code, 2);
});

test('an option of another command is refused, and --quiet is quiet', () => {
  assert.match(modelyard(project, 'build', '--rows', '3').errors, /No such option '--rows'/);
  assert.deepEqual(modelyard(project, 'run', '--quiet').lines, ['']);
});

test('a selection that meets nothing warns and ends well', () => {
  const { code, lines } = modelyard(project, 'run', '--select', 'no_such_model');
  assert.equal(code, 0);
  assert.match(lines.join('\n'), /The selection criterion 'no_such_model' does not match any enabled nodes/);
});

test('deps says where packages are read, and what is to be done about one that is not here', () => {
  const folder = path.join(shipped, 'with-packages');
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  write('dbt_project.yml', 'name: shop\nversion: "1.0"\nprofile: shop\n');
  write('profiles.yml', 'shop: {target: dev, outputs: {dev: {type: duckdb, schema: main}}}\n');
  assert.deepEqual(modelyard(folder, '--quiet', 'deps'), { code: 0, lines: [''], errors: '' });
  assert.match(modelyard(folder, 'deps').lines.join('\n'), /No packages were found in packages\.yml/);
  write('local/dbt_project.yml', 'name: local\nversion: "1.0"\n');
  write('dbt_packages/dbt_utils/dbt_project.yml', 'name: dbt_utils\nversion: "1.3.0"\n');
  write('packages.yml', 'packages: [{local: local}, {package: dbt-labs/dbt_utils, version: 1.3.0}]\n');
  const present = modelyard(folder, 'deps');
  assert.equal(present.code, 0);
  assert.match(present.lines.join('\n'), /local: read from its folder\n.*dbt-labs\/dbt_utils: read from dbt_packages/);
  fs.rmSync(path.join(folder, 'dbt_packages'), { recursive: true });
  const missing = modelyard(folder, 'deps');
  assert.equal(missing.code, 2);
  assert.match(missing.lines.join('\n'), /Not here: dbt-labs\/dbt_utils\. .*"dbt deps" once where there is a network/);
});

test('show and compile --inline leave behind what dbt-core 1.11.14 does: results, code, and that of ephemeral models', () => {
  const folder = path.join(shipped, 'shown');
  for (const [file, text] of Object.entries({
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
    'profiles.yml': 'shop: {target: dev, outputs: {dev: {type: duckdb, schema: main}}}\n',
    'models/a.sql': 'select 1 as id union all select 2',
    'models/b.sql': "{{ config(materialized='ephemeral') }}\nselect * from {{ ref('a') }}\n",
    'models/c.sql': "select id from {{ ref('b') }}\n",
  })) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  const target = (file: string): string => fs.readFileSync(path.join(folder, 'target', file), 'utf8');
  const results = (): unknown =>
    (JSON.parse(target('run_results.json')) as { results: Record<string, unknown>[] }).results.map(
      ({ unique_id: id, status, compiled_code: code }) => [id, status, code],
    );
  const within = 'with __dbt__cte__b as (\n\nselect * from main."a"\n) ';
  assert.equal(modelyard(folder, 'show', '--select', 'c', '--limit', '1').code, 0);
  const shown = `\n  \n  ${within}select id from __dbt__cte__b\n  \n  limit 1\n`;
  assert.deepEqual(results(), [['model.shop.c', 'success', shown]]);
  assert.equal(target('compiled/shop/models/b.sql'), '\nselect * from main."a"');
  assert.equal(modelyard(folder, 'compile', '--inline', "select id + 1 as x from {{ ref('b') }}").code, 0);
  const inline = `${within}select id + 1 as x from __dbt__cte__b`;
  assert.deepEqual(results(), [['sql_operation.shop.inline_query', 'success', inline]]);
  assert.equal(target('compiled/shop/from remote system.sql/sql/inline_query'), inline);
  assert.equal(modelyard(folder, 'show', '--inline', 'select 1 as x', '--limit', '-1').code, 0);
  assert.deepEqual(results(), [['sql_operation.shop.inline_query', 'success', '\n  \n  select 1 as x\n  \n']]);
});
