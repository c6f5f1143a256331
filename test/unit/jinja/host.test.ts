import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arguments } from '../../../src/core/jinja/library/arguments.ts';
import { renderNative } from '../../../src/core/jinja/native.ts';
import { bindMacro, callMacro, renderTemplate } from '../../../src/core/jinja/render.ts';
import { callValue } from '../../../src/core/jinja/runtime/callValue.ts';
import { definitionTemplate, parseTemplate } from '../../../src/core/jinja/template.ts';
import { fromPlain, toPlain } from '../../../src/core/jinja/values/plain.ts';
import { hostFunction, list, type JinjaObject } from '../../../src/core/jinja/values/value.ts';
import { globalsWith, renderText } from './renderText.ts';

test('a host function gets arguments as Python values, and the place of its call', () => {
  const seen: unknown[] = [];
  const host = hostFunction('host', (args, kwargs, site) => {
    seen.push(args, [...kwargs], site.file, site.range.start);
    const given = new Arguments('host', ['a', 'b'], { args, kwargs });
    return given.integer('a') === 1 ? given.text('b') : null;
  });
  const { text } = renderText("x\n {{ host(1, b='c') }}", { globals: globalsWith({ host }) });
  assert.equal(text, 'x\n c');
  assert.deepEqual(seen, [[1n], [['b', 'c']], 'models/m.sql', { line: 1, character: 4 }]);
});

test('a host function can call what it is given, within the same limits and macros', () => {
  const twice = hostFunction('twice', ([callee = null], kwargs, site) =>
    list([callValue(callee, [1n], kwargs, site), callValue(callee, [2n], kwargs, site)]),
  );
  const globals = globalsWith(
    { twice },
    '{% macro m(n) %}{{ return(n * 10) }}{% endmacro %}{% macro bad(n) %}{{ n / 0 }}{% endmacro %}',
  );
  assert.equal(renderText('{{ twice(m) }}', { globals }).text, '[10, 20]');
  const [fault] = renderText('{{ twice(bad) }}', { globals }).diagnostics;
  assert.equal(fault?.file, 'macros/m.sql');
  assert.deepEqual(
    fault.related?.map((one) => one.message),
    ['macro "bad" was called here'],
  );
});

test('a host object is read, printed, iterated, compared and computed with as it allows', () => {
  const relation: JinjaObject = {
    kind: 'object',
    typeName: 'Relation',
    display: () => '"main"."orders"',
    repr: () => '<Relation main.orders>',
    getAttr: (name) => (name === 'identifier' ? 'orders' : undefined),
    getItem: (key) => (key === 0n ? 'first' : undefined),
    isMapping: true,
    iterate: () => ['identifier'],
    length: () => 1,
    contains: (value) => value === 'identifier',
    equals: (other) => other === 'same',
    operate: (operator, other, reflected) =>
      operator === '+' && typeof other === 'string' ? `${String(reflected)}${other}` : undefined,
  };
  const render = (text: string): string | undefined => renderText(text, { globals: globalsWith({ r: relation }) }).text;
  assert.equal(
    render('{{ r }}|{{ [r] }}|{{ r.identifier }}|{{ r["identifier"] }}|{{ r[0] }}|{{ r.nope }}'),
    '"main"."orders"|[<Relation main.orders>]|orders|orders|first|',
  );
  assert.equal(
    render(
      "{{ r is mapping }}{{ r | length }}{{ r | list }}{{ 'identifier' in r }}{{ r == 'same' }}{{ 'same' == r }}{{ r == 'x' }}",
    ),
    "True1['identifier']TrueTrueTrueFalse",
  );
  assert.equal(render("{{ r + 'a' }}{{ 'a' + r }}{{ r | items | list }}"), "falseatruea[('identifier', 'orders')]");
  assert.equal(render('{{ r - 1 }}'), undefined);
  assert.equal(render('{{ r() }}'), undefined);
});

test('a macro called from outside gives its native value or its text, and its faults', () => {
  const source =
    "{% macro m(a) %}{{ return({'x': a}) }}{% endmacro %}\n{% macro t() %} b {% endmacro %}\n{% macro f() %}{{ 1 / 0 }}{% endmacro %}";
  const [m, t, f] = parseTemplate(source, 'macros/m.sql').value.definitions;
  assert.ok(m && t && f);
  const globals = globalsWith();
  const origin = { file: 'dbt_project.yml' };
  const { value } = callMacro(bindMacro(m, globals), [1n], undefined, origin);
  assert.deepEqual(value === undefined ? undefined : toPlain(value), { x: 1 });
  assert.equal(callMacro(bindMacro(t, globals), [], undefined, origin).value, ' b ');
  const failed = callMacro(bindMacro(f, globals), [], undefined, origin);
  assert.equal(failed.value, undefined);
  assert.deepEqual(
    failed.diagnostics.map((one) => [one.file, one.range.start.line]),
    [['macros/m.sql', 2]],
  );
  assert.equal(callMacro(5n, [], undefined, origin).diagnostics[0]?.file, 'dbt_project.yml');
});

test('a snapshot is rendered as a template of its own, with the positions of its file', () => {
  const { value: template } = parseTemplate('\n{% snapshot s %}\nselect {{ x.y }}{% endsnapshot %}', 'snapshots/s.sql');
  const [definition] = template.definitions;
  assert.ok(definition);
  const content = definitionTemplate(template, definition);
  assert.equal(renderTemplate(content, { globals: globalsWith({ x: fromPlain({ y: 1 }) }) }).value.text, '\nselect 1');
  assert.equal(renderTemplate(content, { globals: globalsWith() }).diagnostics[0]?.range.start.line, 2);
});

test('plain data goes in and comes out as it was', () => {
  const data = { a: [1, 2.5, 'x', null, true], b: { c: [] }, '1': 'one' };
  assert.deepEqual(toPlain(fromPlain(data)), data);
  assert.equal(toPlain(2n ** 70n), 2n ** 70n);
  assert.equal(toPlain(5n), 5);
  assert.throws(() => toPlain(hostFunction('f', () => null)), /jinja\.unsupported/);
});

test('a fault in YAML has the file that was named', () => {
  const { value, diagnostics } = renderNative("{{ 'x' | as_bool }}", 'dbt_project.yml', { globals: globalsWith() });
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map((one) => [one.code, one.file]),
    [['jinja.valueError', 'dbt_project.yml']],
  );
});
