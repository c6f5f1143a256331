import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { sourceFreshness } from '../../../src/core/service/sourceFreshness.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

test('a text that has the form of a time and names none is a fault of its source', async () => {
  const { project, files } = await testProject(
    projectTexts({
      'data/orders.csv': 'id\n1\n',
      'models/sources.yml': [
        'sources:',
        '  - name: raw',
        '    tables:',
        '      - name: orders',
        "        config: {meta: {external_location: 'data/{name}.csv'}}",
        `        loaded_at_field: "'2024-99-99 10:00:00'"`,
        '        freshness: {warn_after: {count: 1, period: day}}',
        '        columns: [{name: id, data_type: integer}]',
      ].join('\n'),
    }),
  );
  const request = { select: [], exclude: [], cancellation: neverCancelled, onEvent: () => undefined };
  const outcome = await sourceFreshness(project, request);
  const found = outcome.kind === 'measured' ? outcome.results : [];
  assert.deepEqual(
    found.map(({ status, diagnostics }) => [status, diagnostics.map(({ code, range }) => [code, range.start.line])]),
    [['runtime error', [['run.loadedAtNoTime', 3]]]],
  );
  assert.deepEqual((JSON.parse(files.text('target/sources.json')) as { readonly results: unknown }).results, []);
  await project.close();
});
