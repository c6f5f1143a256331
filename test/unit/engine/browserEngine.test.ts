import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { SqlEngineInterrupted } from '../../../src/core/run/sqlEngine.ts';
import { startEngine } from '../../../src/engine/browser/startEngine.ts';
import { sqliteWasm } from './testEngine.ts';

// Node has no `Worker` of the web: each test says what this host answers to `new Worker(url)`.
const host = globalThis as { Worker?: unknown };
afterEach(() => delete host.Worker);

function engineIn(Worker: unknown): { engine: ReturnType<typeof startEngine>; refusals: string[] } {
  host.Worker = Worker;
  const refusals: string[] = [];
  const engine = startEngine({
    workerScript: () => Promise.resolve('// never runs'),
    sqliteWasm,
    onWorkerRefused: (reason) => refusals.push(reason.message),
  });
  return { engine, refusals };
}

/** As browsers do where a Content-Security-Policy with Trusted Types stands: the constructor throws. */
function throwingWorker(started: () => void): unknown {
  return function refuse() {
    started();
    throw new TypeError('This document requires TrustedScriptURL assignment.');
  };
}

/** As browsers do where `worker-src` refuses the script: an error event comes instead of the first message. */
class SilentWorker {
  static ended = 0;

  addEventListener(type: string, listener: (event: object) => void): void {
    if (type === 'error') setTimeout(() => listener({}), 1);
  }

  terminate(): void {
    SilentWorker.ended += 1;
  }
}

test('where `new Worker` throws, the engine runs on the host thread, and no second worker is tried', async () => {
  let started = 0;
  const { engine, refusals } = engineIn(throwingWorker(() => (started += 1)));
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
  engine.interrupt();
  await assert.rejects(engine.query('SELECT 1'), SqlEngineInterrupted);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 2')).rows, [[2]]);
  await engine.close();
  assert.deepEqual(refusals, ['This document requires TrustedScriptURL assignment.']);
  assert.equal(started, 1);
});

test('where an error comes before the first message, too', async () => {
  const { engine, refusals } = engineIn(SilentWorker);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
  await engine.close();
  assert.deepEqual(refusals, ['the host refused the worker']);
  assert.equal(SilentWorker.ended, 1);
});
