import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCalls, type FoundCall } from '../../../src/core/jinja/syntax/findCalls.ts';
import { parseTemplate } from '../../../src/core/jinja/template.ts';
import { marked } from './marked.ts';

const find = (text: string): readonly FoundCall[] =>
  findCalls(parseTemplate(text, 'm.sql').value, new Set(['ref', 'source', 'config', 'dbt_utils.star']));

test('calls are found wherever they stand, in order, with their literal arguments', () => {
  const calls = find(`{{ config(materialized='table', tags=['a', 'b'], meta={'x': 1, 'y': -2.5}, enabled=var('e')) }}
    {% if x %}select * from {{ ref('p', 'm', v=2) }}{% endif %}
    {% for t in [source('s', 't')] %}{{ (ref(t) | string) ~ dbt_utils.star(ref('n')) }}{% endfor %}
    {% macro m(a=ref('d')) %}{% call ref('c') %}{% endcall %}{% endmacro %}`);
  assert.deepEqual(
    calls.map(({ name, args }) => [name, ...args.map((one) => one.literal)]),
    [
      ['config'],
      ['ref', 'p', 'm'],
      ['source', 's', 't'],
      ['ref', undefined],
      ['dbt_utils.star', undefined],
      ['ref', 'n'],
      ['ref', 'd'],
      ['ref', 'c'],
    ],
  );
  assert.deepEqual(
    Array.from(calls[0]?.kwargs ?? [], ([name, one]) => [name, one.literal]),
    [
      ['materialized', 'table'],
      ['tags', ['a', 'b']],
      ['meta', { x: 1, y: -2.5 }],
      ['enabled', undefined],
    ],
  );
});

test('ranges are those of the call, its name and its arguments', () => {
  const check = (source: string, pick: (call: FoundCall) => unknown): void => {
    const { text, range } = marked(source);
    const [call] = find(text);
    assert.ok(call);
    assert.deepEqual(pick(call), range);
  };
  check("a\n {{ «ref('x')» }}", (call) => call.range);
  check("a\n {{ «ref»('x') }}", (call) => call.nameRange);
  check("a\n {{ ref(«'x'») }}", (call) => call.args[0]?.range);
  check("{{ config(a=«'x'») }}", (call) => call.kwargs.get('a')?.range);
});

test('a template with a fault still gives the calls around it', () => {
  assert.deepEqual(
    find("{{ ref('a') }} {{ ref('b' }} {{ ref('c') }}").map((call) => call.args[0]?.literal),
    ['a', 'c'],
  );
});

test('arguments that cannot be told are said to be there', () => {
  assert.equal(find('{{ ref(*names) }}')[0]?.hasSpread, true);
  assert.equal(find("{{ ref('a') }}")[0]?.hasSpread, false);
});
