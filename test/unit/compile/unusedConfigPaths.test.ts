import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

const disabled = { 'models/b.sql': "{{ config(enabled=false) }} select * from {{ ref('a') }}" };

function projectYaml(...trees: readonly string[]): string {
  return ['name: shop', 'version: "1.0"', 'profile: shop', ...trees, ''].join('\n');
}

async function faults(yaml: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const models = { 'models/staging/a.sql': 'select 1 as id', ...more };
  const { project } = await testProject(projectTexts({ ...models, 'dbt_project.yml': yaml }));
  const { diagnostics } = await project.read();
  return diagnostics.map(({ code, range, message }) => `${code} ${String(range.start.line + 1)} ${message}`);
}

// The paths are those that dbt-core 1.11.14 names for the same files.
test('paths of dbt_project.yml that configure nothing are named once, where the first stands', async () => {
  const [found, ...others] = await faults(
    projectYaml(
      'models:',
      '  +tags: [x]',
      '  shop:',
      '    staging: {+materialized: table}',
      '    marts:',
      '      +materialized: view',
      '      deep: {enabled: true}',
      '  other_package: {+enabled: false}',
      'seeds: {+quote_columns: false}',
      'tests: {shop: {+severity: warn}}',
      'snapshots: {}',
      'exposures: {shop: {+enabled: true}}',
    ),
  );
  assert.deepEqual(others, []);
  assert.match(
    found ?? '',
    /^compile\.unusedConfigPaths 8 Nothing .* by models\.shop\.marts, models\.shop\.marts\.deep, models\.other_package, seeds, data_tests\.shop, exposures\.shop: /,
  );
});

test('a disabled node is configured as well', async () => {
  assert.deepEqual(await faults(projectYaml('models: {shop: {b: {+tags: [x]}}}'), disabled), []);
});
