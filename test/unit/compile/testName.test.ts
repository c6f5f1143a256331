import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildManifest } from '../../../src/core/compile/buildManifest.ts';
import { Memo } from '../../../src/core/project/memo.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const schema = `
models:
  - name: stg_books
    columns:
      - name: book_id
        data_tests: [unique, not_null]
      - name: author
        data_tests:
          - accepted_values:
              arguments: {values: ['Herbert', 'Austen', 'Joyce']}
      - name: in_print
        data_tests:
          - accepted_values:
              arguments: {values: [true, 0, 1.5, "it's"], quote: false}
              config: {severity: warn, where: "book_id > 0"}
  - name: a_model_with_a_name_that_is_rather_long_for_a_model
    columns:
      - name: book_id
        data_tests:
          - relationships:
              arguments: {to: ref('stg_books'), field: book_id}
          - not_null: {name: mine}
sources:
  - name: raw
    tables:
      - name: books
        columns:
          - name: id
            data_tests: [unique]
`;

/** Recorded from dbt-core 1.11.14 with dbt-sqlite 1.10.0 on the same project (`dbt ls --output json`). */
const recorded = [
  [
    'test.shop.accepted_values_stg_books_author__Herbert__Austen__Joyce.f24007ab42',
    'accepted_values_stg_books_author__Herbert__Austen__Joyce',
    'accepted_values_stg_books_author__Herbert__Austen__Joyce',
    'shop.accepted_values_stg_books_author__Herbert__Austen__Joyce',
  ],
  [
    'test.shop.accepted_values_stg_books_in_print__False__True__0__1_5__it_s.ea60fae24c',
    'accepted_values_stg_books_in_print__False__True__0__1_5__it_s',
    'accepted_values_stg_books_in_print__False__True__0__1_5__it_s',
    'shop.accepted_values_stg_books_in_print__False__True__0__1_5__it_s',
  ],
  ['test.shop.mine.fbccd5b732', 'mine', 'mine', 'shop.mine'],
  [
    'test.shop.not_null_stg_books_book_id.7e166e33a6',
    'not_null_stg_books_book_id',
    'not_null_stg_books_book_id',
    'shop.not_null_stg_books_book_id',
  ],
  [
    'test.shop.relationships_a_model_with_a_name_that_is_rather_long_for_a_model_book_id__book_id__ref_stg_books_.200e1f96c8',
    'relationships_a_model_with_a_name_that_is_rather_long_for_a_model_book_id__book_id__ref_stg_books_',
    'relationships_a_model_with_a_n_d63abdffe5fde5483063bf12dc68ffa7',
    'shop.relationships_a_model_with_a_name_that_is_rather_long_for_a_model_book_id__book_id__ref_stg_books_',
  ],
  [
    'test.shop.source_unique_raw_books_id.1df2e26acd',
    'source_unique_raw_books_id',
    'source_unique_raw_books_id',
    'shop.source_unique_raw_books_id',
  ],
  [
    'test.shop.unique_stg_books_book_id.ca28902f83',
    'unique_stg_books_book_id',
    'unique_stg_books_book_id',
    'shop.unique_stg_books_book_id',
  ],
];

test('generic tests are named as dbt names them', async () => {
  const { project } = await testProject(
    projectTexts({
      'models/schema.yml': schema,
      'models/stg_books.sql': 'select 1 as book_id, 2 as author, 3 as in_print',
      'models/a_model_with_a_name_that_is_rather_long_for_a_model.sql': 'select 1 as book_id',
    }),
  );
  const read = await project.read();
  assert.ok(read.project !== undefined);
  const { value } = buildManifest(read.project, project.environment(), new Memo());
  const tests = [...value.nodes.values()].filter((node) => node.resourceType === 'test');
  const found = tests.map(({ uniqueId, name, alias, fqn }) => [uniqueId, name, alias, fqn.join('.')]);
  assert.deepEqual(found.sort(), [...recorded].sort());
});
