import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

const seed = { 'seeds/s.csv': 'id,price\n1,10.50\n2,20.00\n3,0.30\n' };

// As psql 15 and DuckDB 1.4 write double precision.
for (const [adapter, texts] of [
  ['duckdb', ['10.5', '20.0', '0.3']],
  ['postgres', ['10.5', '20', '0.3']],
] as const) {
  test(`a fraction of a seed is written as ${adapter} writes a double, and summed to the cent`, async () => {
    const project = await testProject(
      projectTexts(
        {
          ...seed,
          'models/a.sql': "select id, cast(price as varchar(20)) as price from {{ ref('s') }}",
          'models/b.sql': "select sum(price) - 30.8 as rest from {{ ref('s') }}",
        },
        adapter,
      ),
    );
    assert.deepEqual((await project.run()).faults, []);
    const rows = await project.rows('select price from a order by id');
    assert.deepEqual(rows.flat(), texts);
    assert.deepEqual((await project.rows('select rest from b'))[0]?.map(Number), [0]);
  });
}

test('where databases write floats in ways of their own, the text of one is refused', async () => {
  const project = await testProject(
    projectTexts({ ...seed, 'models/a.sql': "select cast(price as string) as p from {{ ref('s') }}" }, 'bigquery'),
  );
  assert.match((await project.run()).faults.join('\n'), /models\/a\.sql:1 .*floating point/);
});

test('a float with an exponent in some databases is refused when it is met', async () => {
  const files = {
    'seeds/s.csv': 'id,price\n1,0.00001\n',
    'models/a.sql': "select cast(price as varchar) as p from {{ ref('s') }}",
  };
  const project = await testProject(
    projectTexts({ ...files, 'models/b.sql': "select p || '' as p from {{ ref('a') }}" }),
  );
  await project.run();
  await assert.rejects(async () => project.rows('select p from a'), /floating point number as text/);
});

test('column_types make a decimal of a fraction, and what stands with its columns does not', async () => {
  const project = await testProject(
    projectTexts({
      ...seed,
      'seeds/t.csv': 'id,price\n1,10.50\n',
      'seeds/p.yml': `seeds:
  - {name: s, columns: [{name: price, data_type: "decimal(10, 2)"}]}
  - {name: t, config: {column_types: {price: "decimal(10, 2)"}}}
`,
      'models/a.sql':
        "select cast(s.price as varchar) || ' ' || cast(t.price as varchar) as p from {{ ref('s') }} s join {{ ref('t') }} t using (id)",
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual(await project.rows('select p from a'), [['10.5 10.50']]);
});
