import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { selectorDefinitions } from '../../../src/core/select/selectorDefinitions.ts';
import { nodeSelector } from '../../../src/core/select/nodeSelector.ts';
import { listSelection } from '../../../src/cli/listCommand.ts';
import { resolveOptions } from '../../../src/cli/options/resolveOptions.ts';
import { parseArguments } from '../../../src/cli/options/parseArguments.ts';
import { root } from '../root.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const fixture = (name: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(root, 'test/fixtures/select', name), 'utf8'));
const { answers, selectors } = fixture('answers.json') as {
  readonly selectors: object;
  answers: readonly { readonly args: readonly string[]; readonly selected: readonly string[] }[];
};
const { project } = await testProject(projectTexts(fixture('project.json') as Record<string, string>));
const { manifest, diagnostics } = await project.read();

test('the project of the selections has no fault', () => {
  assert.deepEqual(diagnostics, []);
});

for (const { args, selected } of answers) {
  test(`ls ${args.join(' ')} selects what dbt selects`, () => {
    assert.ok(manifest !== undefined);
    const { argument, given } = parseArguments(['ls', ...args]);
    const options = resolveOptions('ls', argument, given, { environmentVariable: () => undefined, flags: new Map() });
    const nodes = [...project.select(manifest, listSelection(options)).value].flatMap(
      (id) => manifest.nodes.get(id) ?? [],
    );
    assert.deepEqual(nodes.map(nodeSelector).sort(), selected);
  });
}

test('the definitions of selectors.yml are shown as dbt shows them', () => {
  assert.deepEqual(selectorDefinitions(manifest?.project.selectors), selectors);
});
