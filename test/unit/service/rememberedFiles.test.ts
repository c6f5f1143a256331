import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RememberedFiles } from '../../../src/core/service/rememberedFiles.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

/** Files of which the first list and the first text cannot be had. */
class FaultyFiles extends MemoryProjectFiles {
  #faults = new Set(['list', 'a.sql']);

  override async list(): Promise<readonly string[]> {
    if (this.#faults.delete('list')) throw new Error('not now');
    return super.list();
  }

  override async readText(path: string): Promise<string | undefined> {
    if (this.#faults.delete(path)) throw new Error('not now');
    return super.readText(path);
  }
}

test('what could not be read is tried again, and is kept once it was read', async () => {
  const files = new FaultyFiles({ 'a.sql': 'select 1' });
  const remembered = new RememberedFiles(files);
  await assert.rejects(remembered.list(), /not now/);
  await assert.rejects(remembered.readText('a.sql'), /not now/);
  assert.deepEqual(await remembered.list(), ['a.sql']);
  assert.equal(await remembered.readText('a.sql'), 'select 1');
  files.set('a.sql', 'select 2');
  files.set('b.sql', 'select 3');
  assert.deepEqual([await remembered.list(), await remembered.readText('a.sql')], [['a.sql'], 'select 1']);
  remembered.changed(['b.sql']);
  assert.deepEqual(await remembered.list(), ['a.sql', 'b.sql']);
});
