import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayNeverEnd } from '../../../src/core/jinja/modules/endlessPattern.ts';

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
];

for (const pattern of endless) test(`${pattern} may never end`, () => assert.equal(mayNeverEnd(pattern), true));
for (const pattern of ending) test(`${pattern} ends`, () => assert.equal(mayNeverEnd(pattern), false));
