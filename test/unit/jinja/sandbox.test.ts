import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JinjaDict } from '../../../src/core/jinja/values/dict.ts';
import { hostFunction, list, tuple, type JinjaObject, type JinjaValue } from '../../../src/core/jinja/values/value.ts';
import { dbtGlobals } from '../../../src/core/jinja/library/dbtGlobals.ts';
import { jinjaGlobals } from '../../../src/core/jinja/library/globals.ts';
import { globalsWith, renderText } from './renderText.ts';

const names = [
  'constructor',
  'prototype',
  '__proto__',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'call',
  'apply',
  'bind',
  'kind',
  'items_',
  'getAttr',
  'then',
  '__class__',
  '__globals__',
  '__init__',
];

const relation: JinjaObject = {
  kind: 'object',
  typeName: 'Relation',
  display: () => 'a.b',
  getAttr: (name) => (name === 'schema' ? 'a' : undefined),
};
const values: Readonly<Record<string, JinjaValue>> = {
  text: 'x',
  int: 1n,
  float: 1.5,
  bool: true,
  nothing: null,
  list: list([1n]),
  tuple: tuple([1n]),
  dict: new JinjaDict([['a', 1n]]),
  relation,
  host: hostFunction('host', () => 'h'),
};
const globals = globalsWith(values);

for (const owner of [
  ...Object.keys(values),
  'range',
  'namespace()',
  "cycler('a')",
  'range(3)',
  'dict.items',
  'dict.items()',
  '(list | map("abs"))',
  'missing_',
]) {
  test(`nothing of JavaScript is reached through ${owner}`, () => {
    for (const name of names) {
      const read = `{% set o = ${owner} %}[{{ o.${name} if o is defined }}|{{ o['${name}'] if o is defined }}|{{ o | attr('${name}') if o is defined }}]`;
      const { text, diagnostics } = renderText(read, { globals });
      assert.equal(text, '[||]', `${name}: ${diagnostics[0]?.message ?? ''}`);
    }
  });
}

test('the ways out that are known from other engines lead nowhere', () => {
  for (const source of [
    "{{ ''.constructor.constructor('return process')() }}",
    "{{ [].constructor.constructor('return this')() }}",
    '{{ range.constructor("return 1")() }}',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    '{{ dict.__proto__.polluted }}',
    "{{ ['a'] | map(attribute='constructor.constructor') | first.x }}",
    "{{ '{0.constructor.name}'.format(1) }}{{ ''.a.b }}",
    '{{ self.__init__ }}',
  ]) {
    assert.equal(renderText(source, { globals }).text, undefined, source);
  }
});

test('names of JavaScript are no names of templates', () => {
  for (const name of [
    ...names,
    'globalThis',
    'process',
    'require',
    'Object',
    'Function',
    'this',
    'undefined',
    'eval',
  ]) {
    assert.equal(renderText(`{{ ${name} is defined }}`).text, 'False', name);
  }
});

test('keys and variables named like JavaScript internals are ordinary', () => {
  assert.equal(
    renderText("{% set d = {'__proto__': 1, 'constructor': 2} %}{{ d }}{{ d['constructor'] }}{{ d.constructor }}").text,
    "{'__proto__': 1, 'constructor': 2}22",
  );
  assert.equal(renderText('{% set __proto__ = 5 %}{% set toString = 6 %}{{ __proto__ + toString }}').text, '11');
  assert.equal(renderText('{{ dict(__proto__=1, constructor=2) }}').text, "{'__proto__': 1, 'constructor': 2}");
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

const pieces = fc.constantFrom(
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '-',
    '+',
    '~',
    '|',
    '.',
    ',',
    ':',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '=',
    '==',
    '<',
  ],
  ...[
    ' ',
    '\n',
    "'",
    '"',
    '\\',
    'x',
    'y',
    '1',
    '2.5',
    'if',
    'else',
    'elif',
    'endif',
    'for',
    'in',
    'endfor',
    'set',
    'not',
  ],
  ...[
    'endset',
    'macro',
    'm()',
    'endmacro',
    'call',
    'endcall',
    'raw',
    'endraw',
    'is',
    'defined',
    'and',
    'or',
    'range(9)',
  ],
  ...[
    'loop',
    'recursive',
    'loop(x)',
    'do',
    'filter',
    'endfilter',
    'upper',
    'list',
    '*',
    '**',
    '//',
    '%',
    'none',
    'é',
    '😀',
  ],
  ...[
    "'a' * 9999999",
    'x.append(x)',
    '[x, x]',
    "'%9999d' % 1",
    '__class__',
    'constructor',
    'return(1)',
    'varargs',
    'caller()',
  ],
);

test('no input makes the parser or the interpreter throw or hang', () => {
  const limits = { iterations: 2000, steps: 20_000, callDepth: 40, depth: 300, textLength: 100_000, items: 10_000 };
  const finishes = (source: string): void => {
    const started = performance.now();
    const { text, diagnostics } = renderText(source, { globals: globalsWith({ x: list([1n]) }), limits });
    assert.equal(text === undefined, diagnostics.length > 0);
    assert.ok(performance.now() - started < 5000, 'took too long');
  };
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
      finishes,
    ),
    { numRuns: 1500, seed: 1 },
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }).map((parts) => `{{ ${parts.join('')} }}`),
      finishes,
    ),
    { numRuns: 1500, seed: 2 },
  );
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), finishes), { numRuns: 300, seed: 3 });
});

test('the globals of the library hold no host data', () => {
  for (const value of [...jinjaGlobals.values(), ...dbtGlobals.values()]) {
    assert.ok(typeof value === 'object' && value !== null && value.kind === 'callable');
  }
});
