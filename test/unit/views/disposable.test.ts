import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Disposable, DisposableStore } from '../../../src/extension/disposable.ts';

test('everything ends once, the last added first', () => {
  const ended: string[] = [];
  const store = new DisposableStore();
  for (const name of ['a', 'b', 'c']) store.add({ dispose: () => ended.push(name) });
  store.dispose();
  store.dispose();
  assert.deepEqual(ended, ['c', 'b', 'a']);
});

test('what is added after the end is disposed of at once', () => {
  const store = new DisposableStore();
  store.dispose();
  let ended = false;
  store.add({ dispose: () => (ended = true) });
  assert.equal(ended, true);
});

test('one that throws does not keep the others', () => {
  const ended: string[] = [];
  const store = new DisposableStore();
  store.add({ dispose: () => ended.push('first') });
  store.add({
    dispose: () => {
      throw new Error('stuck');
    },
  });
  assert.throws(() => store.dispose(), AggregateError);
  assert.deepEqual(ended, ['first']);
});

test('an owner ends what it registered', () => {
  let ended = false;
  class Owner extends Disposable {
    readonly part = this._register({ dispose: () => (ended = true) });
  }
  new Owner().dispose();
  assert.equal(ended, true);
});
