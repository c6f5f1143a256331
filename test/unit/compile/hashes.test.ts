import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { md5 } from '../../../src/core/compile/md5.ts';
import { sha256 } from '../../../src/core/compile/sha256.ts';

const byNode = (algorithm: string, text: string): string => createHash(algorithm).update(text, 'utf8').digest('hex');

test('md5 and sha256 agree with Node for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      assert.equal(md5(text), byNode('md5', text));
      assert.equal(sha256(text), byNode('sha256', text));
    }),
  );
});
