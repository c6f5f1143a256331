import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject, type TestRun } from '../support/testProject.ts';

const header = 'models:\n  - name: a\n    config: {contract: {enforced: true}}\n';

async function runOf(yaml: string, sql: string, adapter = 'duckdb'): Promise<TestRun> {
  const project = await testProject(
    projectTexts(
      { 'models/a.sql': `{{ config(materialized='table') }}\n${sql}`, 'models/s.yml': header + yaml },
      adapter,
    ),
  );
  return project.run('run');
}

test('a contract that is broken is shown as dbt shows it', async () => {
  const yaml =
    '    columns:\n      - {name: id, data_type: integer}\n      - {name: name, data_type: varchar}\n      - {name: amount, data_type: "decimal(10,2)"}\n';
  const { endings, results } = await runOf(yaml, "select 'x' as id, 3 as extra, 2.5 as amount");
  assert.deepEqual(endings, ['a error']);
  assert.equal(
    results?.results[0]?.message,
    [
      'This model has an enforced contract that failed.',
      "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
      '',
      '| column_name | definition_type | contract_type | mismatch_reason       |',
      '| ----------- | --------------- | ------------- | --------------------- |',
      '| extra       | INTEGER         |               | missing in contract   |',
      '| id          | VARCHAR         | INTEGER       | data type mismatch    |',
      '| name        |                 | VARCHAR       | missing in definition |',
      '',
    ].join('\n'),
  );
});

test('a contract without types is refused', async () => {
  const { faults } = await runOf('    columns: [{name: id}]\n', 'select 1 as id');
  assert.deepEqual(faults, [
    'run.contractWithoutTypes models/a.sql:1 A model with a contract needs the data_type of each of its columns: add it for id.',
  ]);
});

test('a row that breaks a constraint is told, and the table of before stays', async () => {
  const texts = (sql: string): Record<string, string> => ({
    'models/a.sql': `{{ config(materialized='table') }}\n${sql}`,
    'models/s.yml': `${header}    columns:\n      - {name: id, data_type: integer, constraints: [{type: check, expression: "id < 10"}]}\n`,
  });
  const project = await testProject(projectTexts(texts('select 1 as id')));
  assert.deepEqual((await project.run('run')).endings, ['a success']);
  project.files.set('models/a.sql', "{{ config(materialized='table') }}\nselect 12 as id");
  project.project.changed();
  const { endings, faults } = await project.run('run');
  assert.deepEqual(endings, ['a error']);
  assert.deepEqual(faults, [
    'run.constraintBroken models/s.yml:5 A row breaks the constraint check: id < 10. It has: 12.',
  ]);
  assert.deepEqual(await project.rows('select * from a'), [[1]]);
});

test('what is not enforced is noted', async () => {
  const yaml =
    "    constraints: [{type: foreign_key, columns: [id], expression: 'other (id)'}]\n    columns: [{name: id, data_type: integer}]\n";
  const { endings, faults } = await runOf(yaml, 'select 1 as id');
  assert.deepEqual(endings, ['a success']);
  assert.deepEqual(faults, [
    'run.constraintNotEnforced models/a.sql:1 The embedded engine does not enforce constraints of the type foreign_key.',
  ]);
  const sqlite = await runOf('    columns: [{name: id, data_type: text}]\n', 'select 1 as id', 'sqlite');
  assert.deepEqual(sqlite.endings, ['a success']);
  assert.deepEqual(sqlite.faults, [
    'run.contractNotEnforced models/a.sql:1 Model contracts cannot be enforced by sqlite!',
  ]);
});
