import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderTemplate, type Rendered } from '../../../src/core/jinja/render.ts';
import { sourcePosition } from '../../../src/core/jinja/sourcePosition.ts';
import { parseTemplate } from '../../../src/core/jinja/template.ts';
import { globalsWith } from './renderText.ts';

function render(source: string, macros = ''): Rendered & { readonly text: string } {
  const { value, diagnostics } = renderTemplate(parseTemplate(source, 'm.sql').value, {
    globals: globalsWith({}, macros),
  });
  const { text } = value;
  if (text === undefined) assert.fail(diagnostics.map((one) => one.message).join('\n'));
  return { ...value, text };
}

/** The piece of the output comes from this line and column of the template (both zero-based). */
function check(source: string, piece: string, line: number, character: number, macros = ''): void {
  const rendered = render(source, macros);
  const offset = rendered.text.indexOf(piece);
  assert.notEqual(offset, -1, `${piece} is not in ${rendered.text}`);
  assert.deepEqual(sourcePosition(rendered, offset), { line, character });
}

test('text comes from its own place', () => {
  check("{{ 'a\nb' }}\nselect x from y", 'from', 2, 9);
  check('{% set a = 1 %}\n\n{% if a %}\n  select oops\n{% endif %}', 'oops', 3, 9);
  check('a\r\n{{ 1 }} b\r\n c oops', 'oops', 2, 3);
  check('{% for i in [1, 2] %}\n i{{ i }} oops\n{% endfor %}', 'oops', 1, 10);
});

test('white space that a tag takes away does not shift what follows', () => {
  check('a  {%- set x = 1 -%}  \n  oops', 'oops', 1, 2);
});

test('what an expression gives comes from the start of its tag', () => {
  check("select\n  {{ 'abc' ~ 'oops' }}", 'oops', 1, 2);
  check('select\n  {{ m() }} b', 'oops', 1, 2, '{% macro m() %}\n\n\nx oops{% endmacro %}');
  check('{% call m() %}x{% endcall %} b', 'oops', 0, 0, '{% macro m() %}oops{{ caller() }}{% endmacro %}');
});

test('the end of the output is the end of the last part', () => {
  const rendered = render('ab {{ 1 }}');
  assert.deepEqual(sourcePosition(rendered, rendered.text.length), { line: 0, character: 10 });
  assert.deepEqual(sourcePosition(render(''), 0), { line: 0, character: 0 });
});

test('segments cover the output without gaps, and literal ones are the text of the template', () => {
  const part = fc.constantFrom(
    'a\n',
    ' b ',
    '{{ 1 }}',
    "{{ '' }}",
    '{%- if 1 %}',
    '{% endif -%}',
    '{# c #}',
    '\n',
    '{% raw %} {{ {% endraw %}',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const template = parseTemplate(parts.join(''), 'm.sql').value;
      const { value } = renderTemplate(template, { globals: globalsWith() });
      let at = 0;
      for (const segment of value.segments) {
        assert.equal(segment.outputStart, at);
        assert.ok(segment.outputEnd > at);
        at = segment.outputEnd;
        if (!segment.literal) continue;
        const source = template.source.text.slice(segment.sourceStart, segment.sourceEnd);
        assert.equal(value.text?.slice(segment.outputStart, segment.outputEnd), source);
      }
      assert.equal(at, value.text?.length ?? 0);
    }),
    { seed: 1 },
  );
});
