import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { startEditor, type Host } from './harness/editor.ts';
import { runInHost } from './harness/inHost.ts';

const hosts: readonly Host[] = ['node', 'web'];

for (const host of hosts) {
  void test(`the tests inside the ${host} host pass`, { timeout: 900_000 }, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `modelyard-in-${host}-`));
    const editor = await startEditor({ host });
    try {
      const { passed, output } = await runInHost(editor, host, folder);
      assert.ok(passed, output);
      assert.match(output, /\d+ passing/, output);
    } finally {
      await editor.stop();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  });
}
