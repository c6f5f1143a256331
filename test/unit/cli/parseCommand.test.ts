import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts } from '../support/testProject.ts';

test('parse writes the manifest and no compiled code', async () => {
  const files = new MemoryProjectFiles(projectTexts({ 'models/a.sql': 'select 1 as id' }));
  const { code, lines } = await commandOutput({ files }, ['parse']);
  assert.equal(code, 0);
  assert.match(lines.join('\n'), /^Found 1 model, \d+ macros$/m);
  const { nodes } = JSON.parse(files.text('target/manifest.json')) as { readonly nodes: Record<string, object> };
  assert.deepEqual(Object.keys(nodes), ['model.shop.a']);
  assert.ok(!('compiled_code' in (nodes['model.shop.a'] ?? {})));
});

test('parse of a project with a fault ends with 2 and writes nothing', async () => {
  const files = new MemoryProjectFiles(projectTexts({ 'models/a.sql': "select * from {{ ref('b') }}" }));
  const { code, lines } = await commandOutput({ files }, ['parse']);
  assert.equal(code, 2);
  assert.match(lines.join('\n'), /models\/a\.sql:1:/);
  assert.ok(!files.paths.includes('target/manifest.json'));
});
