import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { nodeSelector } from '../../../src/core/select/nodeSelector.ts';
import { selectNodes } from '../../../src/core/select/selectNodes.ts';
import { parseArguments } from '../../../src/cli/parseArguments.ts';
import { root } from '../root.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const fixture = (name: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(root, 'test/fixtures/select', name), 'utf8'));
const { answers } = fixture('answers.json') as {
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
    const { values } = parseArguments(args);
    const request = { select: values.get('select') ?? [], exclude: values.get('exclude') ?? [] };
    const types = values.get('resource-type');
    const nodes = [...selectNodes(manifest, request).value].flatMap((id) => manifest.nodes.get(id) ?? []);
    const wanted = nodes.filter((node) => types === undefined || types.includes(node.resourceType));
    assert.deepEqual(wanted.map(nodeSelector).sort(), selected);
  });
}
