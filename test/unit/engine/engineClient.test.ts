import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { SqlEngineError, SqlEngineInterrupted, type SqlEngine } from '../../../src/core/run/sqlEngine.ts';
import { EngineClient } from '../../../src/engine/engineClient.ts';
import { startLocalWorker } from '../../../src/engine/localWorker.ts';
import { startEngine } from '../../../src/engine/node/startEngine.ts';
import { compileWasm } from '../../../src/engine/wasm.ts';
import { root } from '../root.ts';
import { chunksOf, sqliteWasm } from './testEngine.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-engine-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const workerScript = path.join(folder, 'engineWorker.cjs');
await build({
  absWorkingDir: root,
  entryPoints: ['src/engine/node/engineWorker.ts'],
  outfile: workerScript,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});

function inWorker(): SqlEngine {
  return startEngine({ workerScript, sqliteWasm });
}

function onThisThread(): SqlEngine {
  return new EngineClient({
    startWorker: () => Promise.resolve(startLocalWorker()),
    sqlite: async () => compileWasm(await sqliteWasm()),
  });
}

const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';

/** Runs the same against a worker thread and against the fallback without one. */
function onBoth(name: string, body: (engine: SqlEngine) => Promise<void>): void {
  for (const [place, start] of [['worker thread', inWorker] as const, ['same thread', onThisThread] as const]) {
    test(`${name} (${place})`, async () => {
      const engine = start();
      try {
        await body(engine);
      } finally {
        await engine.close();
      }
    });
  }
}

onBoth('statements run in the order they were sent', async (engine) => {
  await engine.open();
  const [made, changed, { rows }] = await Promise.all([
    engine.exec('CREATE TABLE t(a)'),
    engine.exec('INSERT INTO t VALUES (1), (9007199254740993)'),
    engine.query('SELECT a FROM t ORDER BY a DESC'),
  ]);
  assert.deepEqual([made, changed, rows], [0, 2, [[9007199254740993n], [1]]]);
  assert.deepEqual((await engine.page('SELECT a FROM t', 1, 5)).rows, [[9007199254740993n]]);
});

onBoth('a fault in SQL arrives with its statement', async (engine) => {
  await engine.open();
  await assert.rejects(engine.query('SELECT absent'), (error: unknown) => {
    assert.ok(error instanceof SqlEngineError);
    assert.deepEqual([error.message, error.sql], ['no such column: absent', 'SELECT absent']);
    return true;
  });
});

onBoth('a file is loaded in chunks, and what was asked after it waits', async (engine) => {
  await engine.open();
  const csv = `id,name\n${Array.from({ length: 60_000 }, (_, i) => `${i},name ${i}\n`).join('')}`;
  const heard: number[] = [];
  const loading = engine.load({ table: 't', file: 't.csv', columns: [] }, chunksOf(csv, 50_000), (n) => heard.push(n));
  const counting = engine.query('SELECT count(*), sum(id), max(name) FROM t');
  const result = await loading;
  assert.deepEqual([result.loaded, result.rowCount], [true, 60_000]);
  assert.deepEqual((await counting).rows, [[60_000, (59_999 * 60_000) / 2, 'name 9999']]);
  assert.ok(heard.length > 1 && heard.every((n, i) => n >= (heard[i - 1] ?? 0)), `progress was ${heard.join(', ')}`);
});

onBoth('a file that cannot be read ends the load with its error, and the old table stays', async (engine) => {
  await engine.open();
  await engine.exec('CREATE TABLE t AS SELECT 7 AS a');
  const broken = (async function* () {
    yield* chunksOf(`a\n${'1\n'.repeat(400_000)}`, 100_000);
    throw new RangeError('the disk is gone');
  })();
  await assert.rejects(engine.load({ table: 't', file: 't.csv', columns: [] }, broken), RangeError);
  assert.deepEqual((await engine.query('SELECT a FROM t')).rows, [[7]]);
});

onBoth('a refused load stops reading the file', async (engine) => {
  await engine.open();
  let given = 0;
  const forever = (async function* () {
    for (;;) {
      given += 1;
      yield* chunksOf('a;b\n'.repeat(100_000));
    }
  })();
  const result = await engine.load({ table: 't', file: 't.csv', columns: [] }, forever);
  assert.deepEqual([result.loaded, result.faults[0]?.kind], [false, 'delimiter']);
  assert.ok(given < 20, `${given} pieces were read`);
});

onBoth('a load without a database is rejected', async (engine) => {
  await assert.rejects(engine.load({ table: 't', file: 't.csv', columns: [] }, chunksOf('a\n')), /no database is open/);
});

onBoth('a database goes out and comes back', async (engine) => {
  await engine.open();
  await engine.exec('CREATE TABLE t AS SELECT 1 AS a');
  const image = await engine.export();
  await engine.open(image);
  assert.deepEqual((await engine.query('SELECT * FROM t')).rows, [[1]]);
});

onBoth('after an interrupt the pending and later calls are rejected until open', async (engine) => {
  await engine.open();
  const pending = engine.query(`${endless} SELECT i FROM n`);
  const queued = engine.exec('CREATE TABLE t(a)');
  setTimeout(() => engine.interrupt(), 30);
  await assert.rejects(pending, SqlEngineInterrupted);
  await assert.rejects(queued, SqlEngineInterrupted);
  await assert.rejects(engine.query('SELECT 1'), SqlEngineInterrupted);
  await engine.open();
  await assert.rejects(engine.query('SELECT * FROM t'), /no such table/);
});

onBoth('an interrupt stops a load', async (engine) => {
  await engine.open();
  const forever = (async function* () {
    yield* chunksOf('a\n');
    for (;;) yield* chunksOf('1\n'.repeat(100_000));
  })();
  const loading = engine.load({ table: 't', file: 't.csv', columns: [] }, forever, (rows) => {
    if (rows > 500_000) engine.interrupt();
  });
  await assert.rejects(loading, SqlEngineInterrupted);
});

onBoth('an interrupt while the engine starts is heard', async (engine) => {
  const opening = engine.open();
  engine.interrupt();
  await assert.rejects(opening, SqlEngineInterrupted);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
});

onBoth('close answers what was asked before, and a closed engine opens again', async (engine) => {
  await engine.open();
  const asked = engine.query('SELECT 1');
  await engine.close();
  assert.deepEqual((await asked).rows, [[1]]);
  await assert.rejects(engine.query('SELECT 1'), /closed/);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 2')).rows, [[2]]);
});

test('a model that never ends is stopped within 200 milliseconds', async () => {
  const engine = inWorker();
  await engine.open();
  const pending = engine.exec(`CREATE TABLE t AS ${endless} SELECT count(*) FROM n`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const start = performance.now();
  engine.interrupt();
  await assert.rejects(pending, SqlEngineInterrupted);
  assert.ok(performance.now() - start < 200);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
  await engine.close();
});

test('a worker that cannot start rejects with the reason', async () => {
  const engine = startEngine({ workerScript: path.join(folder, 'missing.cjs'), sqliteWasm });
  await assert.rejects(engine.open(), /missing\.cjs/);
});

test('WebAssembly that is none rejects, and nothing hangs', async () => {
  const engine = startEngine({ workerScript, sqliteWasm: () => Promise.resolve(new Uint8Array(9)) });
  await assert.rejects(engine.open(), /WebAssembly/);
  await engine.close();
});
