import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnHintForms } from '../../../src/core/datagen/hintForms.ts';
import { hintPlaceAt } from '../../../src/extension/hints/hintPlace.ts';
import { snippetText } from '../../../src/extension/hints/snippetText.ts';

/** Where `|` stands in a text: `column name [written]` or `column value of null_rate [written]`. */
function place(marked: string): string | undefined {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const lines = marked.replace('|', '').split('\n');
  const found = hintPlaceAt(lines, before.length - 1, before.at(-1)?.length ?? 0);
  if (found === undefined) return undefined;
  const { of, valueOf, written, isFlow } = found;
  const what = valueOf === undefined ? 'name' : `value of ${valueOf}`;
  return `${of} ${what} [${written.join(' ')}]${isFlow ? ' in flow' : ''}`;
}

const column = (text: string): string => `sources:
  - name: raw
    tables:
      - name: orders
        columns:
          - name: id
            data_tests: [unique]
          - name: price
            description: In euros, "gross".
            config:
              meta:
                ${text}
          - name: other
            config:
              meta:
                modelyard: { distinct: true }
`;

test('a name on a line of its own', () => {
  assert.equal(place(column('modelyard:\n                  |')), 'column name []');
  assert.equal(place(column('modelyard:\n                  nu|')), 'column name []');
  assert.equal(
    place(column('modelyard:\n                  min: 1\n                  nu|\n                  max: 3')),
    'column name [min max]',
  );
  assert.equal(
    place(column('modelyard:\n                  weights: { a: 1 }\n                  |')),
    'column name [weights]',
  );
});

test('a value on a line of its own', () => {
  assert.equal(place(column('modelyard:\n                  null_rate: |')), 'column value of null_rate []');
  assert.equal(
    place(column('modelyard:\n                  min: 1\n                  generator: ema|')),
    'column value of generator [min]',
  );
});

test('names and values in braces', () => {
  assert.equal(place(column('modelyard: { |')), 'column name [] in flow');
  assert.equal(place(column('modelyard: { min: 1, nu| }')), 'column name [min] in flow');
  assert.equal(place(column('modelyard: { weights: { a: 1, b: 2 }, | }')), 'column name [weights] in flow');
  assert.equal(
    place(column('modelyard: { min: 1, |max: 3, weights: { a: 1 } }')),
    'column name [min max weights] in flow',
  );
  assert.equal(place(column('modelyard: { weights: { a: 1 }, min: | 1 }')), 'column value of min [weights] in flow');
  assert.equal(place(column('modelyard: { after: [a, |], min: 1 }')), undefined);
  assert.equal(
    place(column('modelyard: { pattern: "[A-Z]{6}", distinct: | }')),
    'column value of distinct [pattern] in flow',
  );
  assert.equal(
    place(column('modelyard: {\n                  min: 1,\n                  |\n                }')),
    'column name [min] in flow',
  );
});

test('the hints of a table, a seed and a source', () => {
  const table =
    'sources:\n- name: raw\n  tables:\n  - name: orders\n    config:\n      meta:\n        modelyard:\n          |\n';
  assert.equal(place(table), 'table name []');
  assert.equal(place('seeds:\n  - name: a\n    config: { meta: { modelyard: { | } } }\n'), 'table name [] in flow');
  assert.equal(
    place('sources:\n  - name: raw\n    meta:\n      modelyard:\n        rows: |\n'),
    'table value of rows []',
  );
  assert.equal(
    place('seeds:\n  - name: a\n    columns:\n      - name: b\n        meta: { modelyard: { min: | } }\n'),
    'column value of min [] in flow',
  );
});

test('elsewhere there are no hints', () => {
  assert.equal(place(column('|modelyard: { min: 1 }')), undefined);
  assert.equal(place(column('modelyard: { min: 1 }|')), undefined);
  assert.equal(place(column('modelyard: { weights: { | } }')), undefined);
  assert.equal(place(column('modelyard:\n                  weights:\n                    a|: 1')), undefined);
  assert.equal(place(column('modelyard:\n                  # |')), undefined);
  assert.equal(place(column('owner: |')), undefined);
  assert.equal(place(column('modelyard:\n                  min: 1\n            |')), undefined);
  assert.equal(place('models:\n  - name: a\n    config:\n      meta:\n        modelyard:\n          |\n'), undefined);
  assert.equal(place('|'), undefined);
});

test('every snippet has a text without marks', () => {
  assert.equal(snippetText('{ ${1:a}: ${2:3}, ${3:b}: ${4:1} }'), '{ a: 3, b: 1 }');
  assert.equal(snippetText('${1|one,two|}'), 'one');
  assert.equal(snippetText('"${1:[A-Z]{6\\}}"'), '"[A-Z]{6}"');
  for (const { snippet } of Object.values(columnHintForms)) assert.doesNotMatch(snippetText(snippet), /\$\{|\\/);
});
