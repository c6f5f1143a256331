import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOutputs } from '../../../src/core/service/projectProfiles.ts';
import { faultLine, testProject } from '../support/testProject.ts';

const texts = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
  'profiles.yml': [
    'shop:',
    '  target: prod',
    '  outputs:',
    '    prod:',
    '      type: postgres',
    `      host: "{{ env_var('HOST') }}"`,
    `      user: "{{ env_var('NAME') }}"`,
    `      password: "{{ env_var('SECRET') }}"`,
    `      schema: "{{ env_var('SCHEMA') }}"`,
    '',
  ].join('\n'),
  'models/a.sql': "select '{{ target.schema }}' as s",
};

test('a connection whose variables are not set keeps nothing from being built offline', async () => {
  const opened = await testProject(texts);
  const { project } = opened;
  const { diagnostics } = await project.read();
  assert.deepEqual(
    diagnostics.map((one) => [one.severity, faultLine(one)]),
    [
      [
        'information',
        'compile.requiredEnvVar profiles.yml:6 The environment variable "HOST" is not set, and env_var() has no default for it.',
      ],
      [
        'information',
        'compile.requiredEnvVar profiles.yml:7 The environment variable "NAME" is not set, and env_var() has no default for it.',
      ],
      [
        'warning',
        'compile.requiredEnvVar profiles.yml:9 The environment variable "SCHEMA" is not set, and env_var() has no default for it.',
      ],
    ],
  );
  assert.deepEqual((await opened.run()).endings, ['a success']);
});

test('the outputs of the profile are known without their connections', async () => {
  const { project } = await testProject(texts);
  assert.deepEqual([...(await projectOutputs(project))], [['prod', 'postgres']]);
});
