import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosticCode } from '../../../src/core/diagnostics/codes.ts';
import { defaultLimits } from '../../../src/core/jinja/runtime/limits.ts';
import { globalsWith, renderText } from './renderText.ts';

/** Rendering ends with one diagnostic of this code. */
function check(source: string, code: DiagnosticCode, macros = '', limits = {}): void {
  const { text, diagnostics } = renderText(source, {
    globals: globalsWith({}, macros),
    limits: { ...defaultLimits, steps: 1_000_000, ...limits },
  });
  assert.equal(text, undefined);
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    [code],
    diagnostics[0]?.message,
  );
}

test('loops end', () => {
  const loop = '{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}';
  check(loop, 'jinja.tooManyIterations', '', { iterations: 5000 });
  check(loop, 'jinja.tooManySteps', '', { steps: 500 });
  check('{% set l = [1] %}{% for i in l %}{% do l.append(1) %}{% endfor %}', 'jinja.tooManyIterations', '', {
    iterations: 5000,
  });
});

test('a macro that calls itself for ever ends, however it does so', () => {
  check('{{ m() }}', 'jinja.tooDeep', '{% macro m() %}{{ m() }}{% endmacro %}');
  check('{{ a() }}', 'jinja.tooDeep', '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}');
  check('{{ m() }}', 'jinja.tooDeep', '{% macro m() %}{% call m() %}{{ caller }}{% endcall %}{% endmacro %}');
  check('{{ m() }}', 'jinja.tooDeep', '{% macro m() %}{{ ((((m() | upper)))) ~ [m(), {1: m()}] }}{% endmacro %}');
  check(
    '{{ m() }}',
    'jinja.tooDeep',
    '{% macro m() %}{% set x %}{% if 1 %}{{ m() }}{% endif %}{% endset %}{% endmacro %}',
  );
  check('{{ m() }}', 'jinja.tooDeep', '{% macro m(x=m()) %}{% endmacro %}');
  check('{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}', 'jinja.tooDeep');
  check(
    '{{ m(30) }}',
    'jinja.tooManySteps',
    '{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}',
    { steps: 100_000 },
  );
});

test('the deepest calls that are allowed fit the stack', () => {
  const macros = '{% macro m(n) %}{% if n > 1 %}{{ m(n - 1) }}{% endif %}{{ n }},{% endmacro %}';
  const { text } = renderText('{{ m(100) | length }}', { globals: globalsWith({}, macros) });
  assert.equal(text, '292');
});

test('deeply nested input is refused or survived', () => {
  const deep = 5000;
  for (const source of [
    `{{ ${'('.repeat(deep)}1${')'.repeat(deep)} }}`,
    `{{ ${'['.repeat(deep)}`,
    `{{ ${'{1:'.repeat(deep)}`,
    `{{ ${'-'.repeat(deep)}1 }}`,
    `{{ ${'not '.repeat(deep)}1 }}`,
    `{{ ${'1 if '.repeat(deep)}1 }}`,
    `{{ ${'1 if 1 else '.repeat(deep)}1 }}`,
    `{{ ${'f('.repeat(deep)}`,
    `{{ ${'x['.repeat(deep)}`,
    '{% if 1 %}'.repeat(deep),
    `${'{% if 1 %}'.repeat(deep)}${'{% endif %}'.repeat(deep)}`,
    `{% for ${'('.repeat(deep)}`,
    `{% macro m(a: ${'A['.repeat(deep)}`,
    '{% macro m() %}'.repeat(deep),
  ]) {
    assert.equal(renderText(source).text, undefined);
    assert.ok(renderText(source).diagnostics.length < 5, source.slice(0, 40));
  }
  for (const source of [
    `{{ ${'1 + '.repeat(deep)}1 }}`,
    `{{ x${'.a'.repeat(deep)} }}`,
    `{{ 1${' | abs'.repeat(deep)} }}`,
    `{{ ${'1 and '.repeat(deep)}1 }}`,
    `{{ 1${' if 1'.repeat(deep)} }}`,
  ]) {
    check(source, 'jinja.tooDeep');
  }
  assert.equal(renderText(`{{ ${'1 ~ '.repeat(deep)}1 }}`).text?.length, deep + 1);
});

test('texts, lists and numbers do not grow without end', () => {
  check("{{ 'a' * 100000000 }}", 'jinja.tooLarge');
  check("{{ 'a'.ljust(100000000) }}", 'jinja.tooLarge');
  check("{{ '%100000000d' % 1 }}", 'jinja.tooLarge');
  check("{{ '{:100000000}'.format(1) }}", 'jinja.tooLarge');
  check("{{ 'a' | indent(100000000) }}", 'jinja.tooLarge');
  check("{{ 'a' | center(100000000) }}", 'jinja.tooLarge');
  check('{{ [1] * 100000000 }}', 'jinja.tooLarge');
  check('{{ range(100000000) }}', 'jinja.tooLarge');
  check('{{ [1] | batch(100000000, 0) | list }}', 'jinja.tooLarge');
  check('{{ 2 ** 100000 }}', 'jinja.tooLarge');
  check('{% for i in range(20) %}{{ "x" * 100 }}{% endfor %}', 'jinja.tooLarge', '', { textLength: 1000 });
  const doubling = (change: string): string =>
    `{% set ns = namespace(v=['x'], s='x') %}{% for i in range(99) %}${change}{% endfor %}`;
  check(doubling('{% set ns.s = ns.s ~ ns.s %}'), 'jinja.tooLarge');
  check(doubling('{% set ns.v = ns.v + ns.v %}'), 'jinja.tooLarge');
  check(doubling('{% do ns.v.extend(ns.v) %}'), 'jinja.tooLarge');
});

test('a value that holds another twice at every level is not unfolded', () => {
  const nest =
    '{% set ns = namespace(v=[1], w=[1]) %}{% for i in range(60) %}{% set ns.v = [ns.v, ns.v] %}{% set ns.w = [ns.w, ns.w] %}{% endfor %}';
  check(`${nest}{{ ns.v }}`, 'jinja.tooLarge');
  check(`${nest}{{ ns.v == ns.w }}`, 'jinja.tooLarge');
  check(`${nest}{{ ns.v | tojson }}`, 'jinja.tooLarge');
  const cyclic = '{% set l = [] %}{% do l.append(l) %}{% set m = [] %}{% do m.append(m) %}';
  check(`${cyclic}{{ l == m }}`, 'jinja.tooLarge');
  check(`${cyclic}{{ l | tojson }}`, 'jinja.tooLarge');
});
