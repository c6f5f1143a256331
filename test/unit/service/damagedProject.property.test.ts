import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { selectNodes } from '../../../src/core/select/selectNodes.ts';
import { damage } from '../support/damage.ts';
import { sampleProjectTexts, testProject } from '../support/testProject.ts';

const raw = sampleProjectTexts();
const texts = Object.keys(raw).filter((path) => /\.(sql|yml)$/.test(path));

const damaged = fc.array(fc.tuple(fc.constantFrom(...texts), damage), { minLength: 1, maxLength: 4 }).map((damages) => {
  const files = { ...raw };
  for (const [path, change] of damages) files[path] = change(files[path] ?? '');
  return files;
});

function assertSound(found: readonly Diagnostic[]): void {
  for (const { file, range, message } of found) {
    assert.ok(file !== '' && message !== '', JSON.stringify({ file, message }));
    const { start, end } = range;
    assert.ok(
      start.line >= 0 && start.character >= 0 && (end.line > start.line || end.character >= start.character),
      message,
    );
  }
}

test('whatever stands in the files, reading and building end, and every fault has a place', async () => {
  let built = 0;
  await fc.assert(
    fc.asyncProperty(damaged, async (files) => {
      const open = await testProject(files);
      assertSound((await open.project.read()).diagnostics);
      const { results, refused } = await open.run('build');
      if (refused) return;
      built += 1;
      assertSound((results?.results ?? []).flatMap((one) => one.diagnostics));
      for (const { status, diagnostics, node } of results?.results ?? []) {
        if (status === 'error') assert.ok(diagnostics.length > 0, `${node.name} failed without a reason`);
      }
    }),
    { numRuns: Number(process.env['MODELYARD_DAMAGES'] ?? 60), seed: 20241111 },
  );
  assert.ok(built > 10, `only ${String(built)} could be built`);
});

test('any selection is answered or refused', async () => {
  const { project } = await testProject(raw);
  const { manifest } = await project.read();
  assert.ok(manifest !== undefined);
  const part = fc.constantFrom(
    '+',
    '@',
    '*',
    ',',
    ' ',
    ':',
    '.',
    '1+',
    '+2',
    'daily_player_transactions',
    'source:',
    'raw',
    'tag:',
    'state:',
    'config.',
    'path:',
    'models/',
    'test_type:',
    'result:',
    'fqn:',
    '[a-z]',
    '?',
    '\\',
    '',
  );
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 6 }), { maxLength: 3 }), (words) => {
      const select = words.map((one) => one.join(''));
      const { value, diagnostics } = selectNodes(manifest, { select, exclude: [] });
      assertSound(diagnostics);
      for (const id of value) assert.ok(manifest.nodes.has(id));
    }),
    { numRuns: 500, seed: 3 },
  );
});
