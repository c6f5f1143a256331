import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadeData } from '../../../src/extension/madeData.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

/** A workspace's memory, and a project in a folder of it. */
function workspace(): { made: MadeData; project: Parameters<MadeData['made']>[0]; files: MemoryProjectFiles } {
  const kept = new Map<string, unknown>();
  const memory = {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise: T) => (kept.has(key) ? (kept.get(key) as T) : otherwise),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  const files = new MemoryProjectFiles();
  const uriOf = (file: string): { toString(): string } => ({ toString: () => `mem:/shop/${file}` });
  const project = { uriOf, service: { host: { files } } };
  // Of the memory and the project these parts are all that is used.
  return {
    made: new MadeData(memory as unknown as ConstructorParameters<typeof MadeData>[0]),
    project: project as unknown as Parameters<MadeData['made']>[0],
    files,
  };
}

test('a file that is there and was not made is foreign, one that is not there is not', async () => {
  const { made, project, files } = workspace();
  await files.write('data/a.csv', 'id\n1\n');
  assert.deepEqual(await made.foreign(project, ['data/a.csv', 'data/b.csv']), ['data/a.csv']);
});

test('what was made stays so until it is changed', async () => {
  const { made, project, files } = workspace();
  await files.write('data/a.csv', 'id\n1\n');
  await files.write('data/b.csv', 'id\n1\n');
  await made.made(project, ['data/a.csv']);
  await made.made(project, ['data/b.csv']);
  assert.deepEqual(await made.foreign(project, ['data/a.csv', 'data/b.csv']), []);
  await files.write('data/a.csv', 'id\n1\n2\n');
  assert.deepEqual(await made.foreign(project, ['data/a.csv', 'data/b.csv']), ['data/a.csv']);
});
