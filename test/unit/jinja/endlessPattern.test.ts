import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repetitionsOf, takesTooLong } from '../../../src/core/jinja/modules/endlessPattern.ts';

const endless = [
  '(a+)+$',
  '(a*)*',
  '(?:a+)+',
  '((a+))+',
  '(\\w+\\s*)*$',
  '(x?\\d+)*',
  '(a{1,}){2,}',
  '(b|a+)+',
  '(?P<n>a+)*b',
  '(a+a+)+$',
  '(a|a)*$',
  '(a|aa)+$',
  '(a{1,9})+$',
  '(a+b?){1,30}$',
  '(a?a)+b',
  '(\\w+\\d)+$',
  '(.*,)+$',
  '([ab]*b)+c',
  '(\\w|_)+$',
  '(?:(?:ab*)b)*x',
];
const ending = [
  'a+b*',
  '(a+b)+',
  '(?:[a-z]+_)*[a-z]+',
  '(\\w+\\.)+\\w+',
  '(a+)?',
  '(a+){3}',
  '(ab)+',
  '(\\d{1,3}\\.)+',
  '(?:x|yz)+',
  '(-?\\d)+',
  '[(a+)+]*',
  '\\(a+\\)+',
  '(?=a+)b+',
  '^(\\d{1,3}\\.){3}\\d{1,3}$',
  '([^,]+,)*',
  '(?:\\w+\\s*=\\s*\\w+;)+',
  '(?:[a-z]+(?:_[a-z]+)?,)+',
  '(?:.*\\n)+',
  '(x*y)*',
  '(?P<a>a)(?P=a)*',
  '(?#a+)b+',
];

for (const pattern of endless)
  test(`${pattern} may never end`, () => assert.equal(repetitionsOf(pattern).isEndless, true));
for (const pattern of ending) test(`${pattern} ends`, () => assert.equal(repetitionsOf(pattern).isEndless, false));

const a = 'a'.repeat(1000);
const slow: readonly (readonly [string, string])[] = [
  ['a*a*a*a*b', a],
  ['a*a?a*(a*)a*b', a],
  ['(a+){9}b', a],
  ['.*_.*_.*_.*_.*x', '_'.repeat(300)],
  ['(?:a*a*)(?:a*a*)b', a],
];
const quick: readonly (readonly [string, string])[] = [
  ['a*a*a*a*b', 'a'.repeat(50)],
  ['a*b*c*d*e', 'abcd'.repeat(10_000)],
  ['.*from (\\w+).*where (.*)', 'select '.repeat(1000)],
  ['(.*),(.*),(.*),(.*),(.*)', `a,b,c,d,e${a}`],
  ['\\s+', ' '.repeat(100_000)],
  ['^\\s*select\\s+.*$', a],
];
for (const [pattern, text] of slow)
  test(`${pattern} takes too long`, () => assert.equal(takesTooLong(repetitionsOf(pattern), text), true));
for (const [pattern, text] of quick)
  test(`${pattern} is quick`, () => {
    assert.equal(takesTooLong(repetitionsOf(pattern), text), false);
    const started = performance.now();
    new RegExp(pattern).exec(text);
    assert.ok(performance.now() - started < 2000);
  });
