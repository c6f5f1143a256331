import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosticCode } from '../../../src/core/diagnostics/codes.ts';
import { failure, hostFailure } from '../../../src/core/jinja/values/jinjaFailure.ts';
import { hostFunction } from '../../../src/core/jinja/values/value.ts';
import { marked } from './marked.ts';
import { globalsWith, renderText } from './renderText.ts';

const globals = globalsWith({
  refuse: hostFunction('refuse', () => {
    throw hostFailure('the host refuses');
  }),
  coded: hostFunction('coded', () => {
    throw failure('jinja.undefinedName', { name: 'orders' });
  }),
});

/** Rendering fails once, with this code, exactly between « and ». */
function check(source: string, code: DiagnosticCode, message: RegExp): void {
  const { text, range } = marked(source);
  const { text: rendered, diagnostics } = renderText(text, { globals });
  assert.equal(rendered, undefined);
  assert.equal(diagnostics.length, 1);
  const [first] = diagnostics;
  assert.equal(first?.code, code, first?.message);
  assert.deepEqual(first.range, range);
  assert.match(first.message, message);
}

const faults: readonly (readonly [string, DiagnosticCode, RegExp])[] = [
  ['a\n  {{ 1 + «nope.x» }}', 'jinja.undefinedName', /'nope' is undefined/],
  ['{{ «nope()» }}', 'jinja.undefinedName', /'nope'/],
  ["{{ «{'a': 1}.b.c» }}", 'jinja.undefinedValue', /'dict object' has no attribute 'b'/],
  ['{{ [1, «1 / 0», 2] }}', 'jinja.arithmeticError', /division by zero/],
  ["{% if «1 < 'a'» %}{% endif %}", 'jinja.typeError', /'<' not supported between instances of 'int' and 'str'/],
  ["{{ «'a' + 1» }}", 'jinja.typeError', /join them with "~"/],
  ['{% for x in «5» %}{% endfor %}', 'jinja.typeError', /'int' object is not iterable/],
  ['{% set «a, b» = [1] %}', 'jinja.valueError', /not enough values to unpack/],
  ['{{ «1()» }}', 'jinja.typeError', /'int' object is not callable/],
  ["{{ x | default(«'abc'.index('z')») }}", 'jinja.valueError', /substring not found/],
  ["{{ «'a' | indent(width='x', foo=1)» }}", 'jinja.argumentError', /no argument 'foo'/],
  ['{% if true %}{{ «1 | uper» }}{% endif %}', 'jinja.unknownFilter', /did you mean "upper"/],
  ['{{ «refuse(1)» }}', 'jinja.hostFailed', /the host refuses/],
  ['{{ [1] | map(«refuse()») | list }}', 'jinja.hostFailed', /the host refuses/],
  ['{% do «coded()» %}', 'jinja.undefinedName', /orders/],
  ['{{ «return(1)» }}', 'jinja.returnOutsideMacro', /inside a macro/],
  ['{% macro own() %}{% endmacro %}{{ «own()» }}', 'jinja.undefinedValue', /macro-paths/],
  ['{% set «d.x» = 1 %}', 'jinja.undefinedName', /'d'/],
];

for (const [source, code, message] of faults) test(`runtime fault: ${source}`, () => check(source, code, message));

test('a fault in a macro is shown in the macro, with the calls that led there', () => {
  const macros =
    '{% macro outer(x) %}\n  {{ inner(x) }}\n{% endmacro %}\n{% macro inner(x) %}{{ x / 0 }}{% endmacro %}';
  const { diagnostics } = renderText('select\n{{ outer(1) }}', { globals: globalsWith({}, macros) });
  const [fault] = diagnostics;
  assert.equal(fault?.file, 'macros/m.sql');
  assert.deepEqual(fault.range, { start: { line: 3, character: 23 }, end: { line: 3, character: 28 } });
  assert.deepEqual(
    fault.related?.map(({ file, range, message }) => [file, range.start.line, message]),
    [
      ['macros/m.sql', 1, 'macro "inner" was called here'],
      ['models/m.sql', 1, 'macro "outer" was called here'],
    ],
  );
});

test('a fault in a call block stands where the block is, inside the macro that called it', () => {
  const globalsHere = globalsWith({}, '{% macro wrap() %}\n<{{ caller() }}>{% endmacro %}');
  const { diagnostics } = renderText('{% call wrap() %}\n{{ 1 / 0 }}{% endcall %}', { globals: globalsHere });
  assert.equal(diagnostics[0]?.file, 'models/m.sql');
  assert.equal(diagnostics[0].range.start.line, 1);
  assert.equal(diagnostics[0].related?.[0]?.message, 'macro "wrap" was called here');
});

test('what is missing may be called and read when dbt only parses', () => {
  const lenient = { globals, lenientUndefined: true };
  assert.deepEqual(renderText("a{{ nope.x.y('z').q }}{{ {}.a.b() }}b", lenient).text, 'ab');
  assert.equal(renderText('{{ nope + 1 }}', lenient).diagnostics[0]?.code, 'jinja.undefinedName');
});
