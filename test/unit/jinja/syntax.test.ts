import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosticCode } from '../../../src/core/diagnostics/codes.ts';
import { parseTemplate } from '../../../src/core/jinja/template.ts';
import { marked } from './marked.ts';
import { renderText } from './renderText.ts';

/** The template's only fault has this code, stands exactly between « and », and its message says this. */
function check(source: string, code: DiagnosticCode, message: RegExp): void {
  const { text, range } = marked(source);
  const { diagnostics } = parseTemplate(text, 'models/m.sql');
  const [first] = diagnostics;
  assert.ok(first, 'there is no fault');
  assert.equal(first.code, code);
  assert.deepEqual(first.range, range);
  assert.equal(first.file, 'models/m.sql');
  assert.match(first.message, message);
  assert.equal(diagnostics.length, 1, diagnostics.map((one) => one.message).join('\n'));
}

const faults: readonly (readonly [string, string, DiagnosticCode, RegExp])[] = [
  ['an unclosed if', 'select 1\n«{% if» x %}\n  a\n', 'jinja.unclosedBlock', /"if" is not closed: add \{% endif %\}/],
  ['an unclosed macro', '«{% macro» m() %}x', 'jinja.unclosedBlock', /\{% endmacro %\}/],
  ['an unclosed raw', 'a\n«{% raw %}» {{ x }}', 'jinja.unclosedBlock', /"raw".*\{% endraw %\}/],
  ['an unclosed expression', 'a\n«{{» x', 'jinja.unclosedTag', /"\{\{" is not closed: add "\}\}"/],
  ['an unclosed comment', 'a\n«{#» x', 'jinja.unclosedTag', /"\{#" is not closed: add "#\}"/],
  ['an unclosed string', "a {{ ref(«'x) }}»\n", 'jinja.unclosedString', /add the same quote/],
  ['a single brace', "{{ ref('x') «}» }}", 'jinja.invalidSyntax', /end the tag with "\}\}"/],
  ['a wrong bracket', '{{ f(1«]» }}', 'jinja.invalidSyntax', /Found "\]" where "\)" must close/],
  ['a forgotten bracket', '{{ f(1 «}}» x', 'jinja.invalidSyntax', /Found "\}\}" where "\)" must close/],
  ['a forgotten bracket in a block tag', '{% set x = [1 «%}» y', 'jinja.invalidSyntax', /Found "%\}" where "\]"/],
  ['two names', '{{ a «b» }}', 'jinja.unexpectedToken', /Expected "\}\}", found "b"/],
  ['nothing', 'x {{ «}}»', 'jinja.unexpectedToken', /Expected an expression, found "\}\}"/],
  ['a missing operand', '{{ 1 + «}}»', 'jinja.unexpectedToken', /Expected an expression/],
  ['an empty subscript', '{{ x[«]» }}', 'jinja.unexpectedToken', /Expected an expression/],
  ['a strange character', '{{ a «&» b }}', 'jinja.unexpectedCharacter', /"&" has no meaning/],
  ['an unknown tag', '{% «iff» x %}', 'jinja.unknownTag', /did you mean "if"/],
  ['a tag of template inheritance', "{% «include» 'x' %}", 'jinja.unsupportedTag', /put shared code into a macro/],
  ['a stray end', 'a {% «endif» %} b', 'jinja.strayEndTag', /closes nothing/],
  ['a wrong end', '{% if a %}\n{% for x in y %}\n{% «endif» %}', 'jinja.mismatchedEndTag', /\{% endfor %\}.*line 2/],
  ['a missing in', '{% for x «y» %}{% endfor %}', 'jinja.unexpectedToken', /Expected "in"/],
  ['a literal as target', '{% set «1» = 2 %}', 'jinja.invalidTarget', /Only a name/],
  ['arguments out of order', '{{ f(a=1, «2») }}', 'jinja.invalidSyntax', /in this order/],
  ['an argument twice', '{{ f(a=1, «a»=2) }}', 'jinja.invalidSyntax', /"a" is given twice/],
  ['a parameter without default', '{% macro m(a=1, «b») %}{% endmacro %}', 'jinja.invalidSyntax', /needs a default/],
  ['break outside a loop', '{% «break» %}', 'jinja.outsideLoop', /inside a for loop/],
  ['an unknown filter', '{{ x | «uper» }}', 'jinja.unknownFilter', /did you mean "upper"/],
  ['an unknown test', '{{ x is «defned» }}', 'jinja.unknownTest', /did you mean "defined"/],
  [
    'a materialization argument',
    '{% materialization m, «foo»=1 %}{% endmaterialization %}',
    'jinja.invalidSyntax',
    /no argument "foo"/,
  ],
  ['a broken escape', "{{ «'\\x4'» }}", 'jinja.invalidSyntax', /broken escape/],
];

for (const [name, source, code, message] of faults) test(`syntax fault: ${name}`, () => check(source, code, message));

test('each faulty tag is reported, and what is whole is still read', () => {
  const { value, diagnostics } = parseTemplate(
    '{{ 1 + }}\n{% if %}x{% endif %}\n{% macro m(a) %}{{ b c }}{% endmacro %}',
    'm.sql',
  );
  assert.deepEqual(
    diagnostics.map((one) => one.range.start.line),
    [0, 1, 2],
  );
  assert.deepEqual(
    value.definitions.map((one) => [one.name, one.parameters]),
    [['m', ['a']]],
  );
});

test('a mismatched end names where its block was opened', () => {
  const { diagnostics } = parseTemplate('{% if a %}\n{% for x in y %}\n{% endif %}', 'm.sql');
  assert.equal(diagnostics[0]?.related?.[0]?.range.start.line, 1);
});

test('positions count UTF-16 units and lines of CRLF files', () => {
  const { diagnostics } = parseTemplate('é😀 a\r\n  😀{{ 1 + }}', 'm.sql');
  assert.deepEqual(diagnostics[0]?.range, { start: { line: 1, character: 11 }, end: { line: 1, character: 13 } });
});

test('definitions have their names, parameters, texts and places', () => {
  const source = [
    '{% macro m(a, b=1) %}x{% endmacro %}',
    '{%- test positive(model, column_name) -%} q {%- endtest -%}',
    '{% snapshot s %}select 1{% endsnapshot %}',
    "{% materialization inc, adapter='duckdb' %}y{% endmaterialization %}",
    '{% docs d %} text {% enddocs %}',
    '{% if x %}{% macro inner() %}{% endmacro %}{% endif %}',
  ].join('\n');
  const { value, diagnostics } = parseTemplate(source, 'm.sql');
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    value.definitions.map(({ kind, name, parameters, adapter }) => [kind, name, parameters, adapter]),
    [
      ['macro', 'm', ['a', 'b'], undefined],
      ['test', 'positive', ['model', 'column_name'], undefined],
      ['snapshot', 's', [], undefined],
      ['materialization', 'inc', [], 'duckdb'],
      ['docs', 'd', [], undefined],
    ],
  );
  const [macro, , , , docs] = value.definitions;
  assert.equal(macro?.text, '{% macro m(a, b=1) %}x{% endmacro %}');
  assert.equal(macro.bodyText, 'x');
  assert.deepEqual(macro.nameRange, { start: { line: 0, character: 9 }, end: { line: 0, character: 10 } });
  assert.equal(docs?.bodyText, ' text ');
  assert.equal(docs.bodyRange.start.line, 4);
});

test('a template with faults renders nothing, and says why again', () => {
  const { text, diagnostics } = renderText('a {{ 1 + }}');
  assert.equal(text, undefined);
  assert.equal(diagnostics[0]?.code, 'jinja.unexpectedToken');
});
