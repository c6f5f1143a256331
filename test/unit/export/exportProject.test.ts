import assert from 'node:assert/strict';
import { test } from 'node:test';
import { warehouseTypes } from '../../../src/core/export/warehouse.ts';
import { exportProject } from '../../../src/core/service/exportProject.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { faultLine, projectTexts, sampleProjectTexts, testProject } from '../support/testProject.ts';

async function exported(
  texts: Readonly<Record<string, string>>,
  warehouse: (typeof warehouseTypes)[number],
  folder = new MemoryProjectFiles(),
): Promise<{
  readonly folder: MemoryProjectFiles;
  readonly findings: readonly string[];
  readonly faults: readonly string[];
}> {
  const { project } = await testProject(texts);
  const { value, diagnostics } = await exportProject(project, folder, { warehouse, targetName: 'prod' });
  const faults = value === undefined ? diagnostics.map(faultLine) : [];
  return { folder, findings: (value?.findings ?? []).map(faultLine), faults };
}

for (const warehouse of warehouseTypes) {
  test(`the sample for ${warehouse}: its own files as they are, and nothing that would not run there`, async () => {
    const texts = sampleProjectTexts();
    const { folder, findings } = await exported(texts, warehouse);
    assert.deepEqual(findings, []);
    for (const file of folder.paths.filter((path) => path in texts && path !== 'profiles.yml')) {
      assert.equal(folder.text(file), texts[file], file);
    }
    assert.ok(['models/sources.yml', 'data/players.csv', 'dbt_project.yml'].every((one) => folder.paths.includes(one)));
    assert.equal(folder.text('README.md').trim().split('\n').length, 6);
    assert.match(folder.text('requirements.txt'), /^dbt-core==[\d.]+\ndbt-\w+(?:\[session\])?==[\d.]+\n/);
  });

  test(`the profile of ${warehouse} has no secret and can be read`, async () => {
    const { folder } = await exported(sampleProjectTexts(), warehouse);
    const profile = folder.text('profiles.yml');
    const written = [...profile.matchAll(/^\s+(?:password|token|keyfile|user|host): (.*)$/gm)].map(
      ([, value]) => value,
    );
    assert.ok(
      written.every((value) => value?.startsWith(`"{{ env_var('`)),
      written.join(),
    );
    const environment = Object.fromEntries(
      [...profile.matchAll(/env_var\('(\w+)'/g)].map(([, name = '']) => [name, '1']),
    );
    const { project } = await testProject({}, { files: folder, environment });
    const { project: again, diagnostics } = await project.read();
    assert.deepEqual(diagnostics.map(faultLine), []);
    assert.deepEqual([again?.target.type, again?.target.name, again?.target.schema], [warehouse, 'prod', 'analytics']);
  });
}

test('a table is made for every source, typed by its YAML, or else by its rows', async () => {
  const texts = projectTexts({
    'models/s.yml':
      'sources: [{name: raw, tables: [{name: t, columns: [{name: id, data_type: integer}, {name: Big Name, data_type: string}]}]}]\n',
    'data/t.csv':
      'id,Big Name,paid,at,day,ok,half\n1,x,10.50,2024-01-01 10:00:00+00:00,2024-01-01,TRUE,1e-3\n2,,3,,,false,2\n',
  });
  const { folder } = await exported(texts, 'postgres');
  assert.deepEqual(folder.text('load/load.sql').split('\n').slice(3, 14), [
    'create table if not exists raw.t (',
    '  id bigint,',
    '  "Big Name" text,',
    '  paid numeric(38, 6),',
    '  at timestamp,',
    '  day date,',
    '  ok boolean,',
    '  half double precision',
    ');',
    'truncate table raw.t;',
    `\\copy raw.t (id, "Big Name", paid, at, day, ok, half) from 'data/t.csv' with (format csv, header true)`,
  ]);
});

test('what is not of the warehouse is told with its place', async () => {
  const texts = projectTexts({
    'models/a.sql': [
      'select',
      "  strftime(d, '%Y') as y, 7 // 2 as half, d::text as t,",
      '  count(*) filter (where d is not null) as n',
      "from (select date '2024-01-01' as d)",
      'group by all',
    ].join('\n'),
    'models/b.sql': "select * exclude (x) from {{ ref('a') }} qualify row_number() over (order by y) = 1",
    'models/asks.sql': "select '{% if execute %}{{ run_query('select 1').rows | length }}{% endif %}' as n",
  });
  const { findings, folder } = await exported(texts, 'bigquery');
  assert.deepEqual(
    findings.map((one) => one.replace(/ does not run on bigquery$/, '')),
    [
      'export.notPortable models/a.sql:2 the function strftime',
      'export.notPortable models/a.sql:2 //',
      'export.notPortable models/a.sql:2 ::',
      'export.notPortable models/a.sql:3 filter (where …)',
      'export.notCompiled models/asks.sql:1 "asks" asks the database while it is compiled, so its SQL could not be looked at',
      'export.notPortable models/b.sql:1 a star with exclude',
    ],
  );
  assert.match(folder.text('PORTABILITY.md'), /- models\/a\.sql:2:3: the function strftime does not run on bigquery/);
});

test('nothing is written over files of somebody else, and an earlier export is renewed', async () => {
  const folder = new MemoryProjectFiles({ 'models/a.sql': 'mine' });
  const texts = projectTexts({ 'models/a.sql': 'select 1 as id' });
  const { faults } = await exported(texts, 'duckdb', folder);
  assert.deepEqual(faults, [
    'export.occupied models/a.sql:1 Nothing was exported: models/a.sql is in the way, and is no file of an earlier export',
  ]);
  assert.deepEqual(folder.paths, ['models/a.sql']);
  const { folder: again } = await exported(texts, 'duckdb');
  await exported({ ...texts, 'models/a.sql': 'select 2 as id' }, 'snowflake', again);
  assert.equal(again.text('models/a.sql'), 'select 2 as id');
});

test('BigQuery is reached without a key file where the place has credentials', async () => {
  const { folder } = await exported(sampleProjectTexts(), 'bigquery');
  const profile = folder.text('profiles.yml');
  assert.match(profile, /method: "{{ 'service-account' if env_var\('BIGQUERY_KEYFILE', ''\) else 'oauth' }}"/);
  assert.match(folder.text('README.md'), /: BIGQUERY_KEYFILE, BIGQUERY_PROJECT \(needed\), BIGQUERY_LOCATION\./);
});
