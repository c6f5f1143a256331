import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isSupported, majorOf, versionIn } from '../../../src/extension/dbt/dbtProgram.ts';
import { findDbt } from '../../../src/extension/node/findDbt.ts';

test('versions as dbt-core 1 and dbt 2 tell them', () => {
  assert.equal(versionIn('Core:\n  - installed: 1.11.14\n  - latest:    1.11.14 - Up to date!\n'), '1.11.14');
  assert.equal(versionIn('dbt-fusion 2.0.0-preview.196\n'), '2.0.0-preview.196');
  assert.equal(versionIn('dbt-core 2.0.0-alpha.4\n'), '2.0.0-alpha.4');
  // The names of the packages that came later.
  assert.equal(versionIn('dbt 2.0.9\n'), '2.0.9');
  assert.equal(versionIn('dbt-oss 2.0.8\n'), '2.0.8');
  assert.equal(versionIn('v20.20.2\n'), undefined);
  assert.deepEqual(['1.6.9', '1.7.0', '1.11.14', '2.0.0'].map(isSupported), [false, true, true, true]);
  assert.deepEqual(['1.13.0b1', '2.0.0-preview.196'].map(majorOf), [1, 2]);
});

test(
  'a program is asked for its version, in the order of the places',
  { skip: process.platform === 'win32' },
  async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-find-'));
    const program = (at: string, says: string): string => {
      const file = path.join(folder, at);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
      return file;
    };
    const core = (version: string): string => `Core:\n  - installed: ${version}`;
    const project = path.join(folder, 'home', 'project');
    fs.mkdirSync(project, { recursive: true });
    try {
      const places = { setting: '', python: undefined, folder: project };
      const around = program('home/.venv/bin/dbt', core('1.9.0'));
      assert.deepEqual(await findDbt(places), { kind: 'found', program: { path: around, version: '1.9.0' } });
      const chosen = program('python/bin/dbt', core('1.10.1'));
      const python = path.join(folder, 'python/bin/python');
      assert.deepEqual(await findDbt({ ...places, python }), {
        kind: 'found',
        program: { path: chosen, version: '1.10.1' },
      });
      const old = program('old/dbt', core('1.5.0'));
      const other = program('other/dbt', 'hello');
      const reasons = await Promise.all(
        [old, other, path.join(folder, 'gone')].map((setting) => findDbt({ ...places, python, setting })),
      );
      assert.deepEqual(
        reasons.map((one) => (one.kind === 'missing' ? one.reason.replaceAll(folder, '') : one)),
        [
          '/old/dbt is dbt 1.5.0: 1.7 or later is needed.',
          '/other/dbt does not answer --version as dbt does.',
          'There is no program /gone.',
        ],
      );
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },
);
