import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../../src/core/project/yamlNode.ts';
import { readSelectors } from '../../../src/core/select/readSelectors.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

/** Faults of a selectors.yml with one selector of this definition: `line: message`. */
function faults(definition: string): readonly string[] {
  const { value } = parseYaml(`selectors:\n  - name: a\n    definition: ${definition}\n`, 'selectors.yml');
  assert.ok(value !== undefined);
  return readSelectors(value).diagnostics.map(
    ({ range, message }) => `${String(range.start.line + 1)}: ${message.replace('Could not read selectors.yml: ', '')}`,
  );
}

test('what dbt refuses in selectors.yml is refused with its line', () => {
  assert.deepEqual(faults('"tag:daily"'), []);
  assert.deepEqual(faults('{method: foo, value: x}'), ['3: "foo" is not a valid method name.']);
  assert.deepEqual(faults('{method: selector, value: x}'), ['3: there is no selector "x" above this one.']);
  assert.deepEqual(faults('{union: [a], intersection: [b]}'), [
    '3: only a single "union" or "intersection" is allowed at the root of a definition; found union, intersection.',
  ]);
  assert.deepEqual(faults('{union: [x, {exclude: [a]}, {exclude: [b]}]}'), ['3: a set can have one "exclude" only.']);
  assert.deepEqual(faults('{method: tag, valu: 1}'), [
    '3: expected one key, or "method" and "value", but got method, valu.',
  ]);
  assert.deepEqual(faults('{union: x}'), ['3: "union" must be a list.']);
  assert.deepEqual(faults('[x]'), ['3: a definition is a text, "union", "intersection" or "method".']);
  assert.deepEqual(faults('{method: tag, value: x, indirect_selection: some}'), [
    '3: "indirect_selection" is one of eager, cautious, buildable, empty.',
  ]);
});

test('a project with a faulty selectors.yml is not run', async () => {
  const shop = await testProject(
    projectTexts({ 'models/a.sql': 'select 1 as id', 'selectors.yml': 'selectors:\n  - nam: a\n' }),
  );
  assert.deepEqual(await shop.faults(), [
    'project.selectors selectors.yml:2 Could not read selectors.yml: a selector needs a "name" and a "definition".',
  ]);
  await shop.project.close();
});

test('the default selector is what runs when nothing is selected, and a name that is not known is an error', async () => {
  const shop = await testProject(
    projectTexts({
      'models/a.sql': 'select 1 as id',
      'models/b.sql': 'select 2 as id',
      'selectors.yml': 'selectors:\n  - {name: second, default: true, definition: b}\n',
    }),
  );
  assert.deepEqual((await shop.run('run')).endings, ['b success']);
  assert.deepEqual((await shop.run('run', ['a'])).endings, ['a success']);
  const { project } = shop;
  const { manifest } = await project.read();
  assert.ok(manifest !== undefined);
  const { diagnostics } = project.select(manifest, { select: [], exclude: [], selector: 'third' });
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    ["Could not find selector named third, expected one of ['second']"],
  );
  await project.close();
});
