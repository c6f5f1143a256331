import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '../../../src/cli/nodeFiles.ts';

test('links that lead back are not followed, others are', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-links-'));
  try {
    const folder = path.join(home, 'project');
    fs.mkdirSync(path.join(folder, 'models/deep'), { recursive: true });
    fs.mkdirSync(path.join(home, 'elsewhere'));
    fs.writeFileSync(path.join(folder, 'models/a.sql'), 'select 1');
    fs.writeFileSync(path.join(home, 'elsewhere/b.sql'), 'select 2');
    fs.symlinkSync(path.join(folder, 'models'), path.join(folder, 'models/deep/again'), 'junction');
    fs.symlinkSync(folder, path.join(folder, 'models/top'), 'junction');
    fs.symlinkSync(path.join(home, 'elsewhere'), path.join(folder, 'models/linked'), 'junction');
    assert.deepEqual(await nodeFiles(folder).list(), ['models/a.sql', 'models/linked/b.sql']);
  } finally {
    fs.rmSync(home, { recursive: true });
  }
});
