import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emitter, RemoteError, RpcClient, serve, type Message, type Port } from '../../src/protocol/rpc.ts';

type Calculator = { add(p: { a: number; b: number }): number; fail(p: null): never };
type News = { said: { text: string } };

/** Two ends of one channel that delivers on a later turn. */
function channel(): [Port, Port] {
  const listeners: ((message: Message) => void)[][] = [[], []];
  const end = (mine: number, theirs: number): Port => ({
    post: (message) => queueMicrotask(() => listeners[theirs]?.forEach((l) => l(structuredClone(message)))),
    onMessage: (listener) => listeners[mine]?.push(listener),
  });
  return [end(0, 1), end(1, 0)];
}

function calculator(): { client: RpcClient<Calculator, News>; far: Port } {
  const [near, far] = channel();
  serve<Calculator>(far, {
    add: ({ a, b }) => a + b,
    fail: () => {
      throw Object.assign(new TypeError('no'), { data: { line: 3 } });
    },
  });
  return { client: new RpcClient<Calculator, News>(near), far };
}

test('a request gets its result', async () => {
  const { client } = calculator();
  assert.equal(await client.request('add', { a: 1, b: 2 }), 3);
});

test('a throw arrives with name, message and data', async () => {
  const { client } = calculator();
  await assert.rejects(client.request('fail', null), (error: unknown) => {
    assert.ok(error instanceof RemoteError);
    assert.deepEqual([error.name, error.message, error.data], ['TypeError', 'no', { line: 3 }]);
    return true;
  });
});

test('an unknown method is answered', async () => {
  const { client } = calculator();
  await assert.rejects(client.request('toString' as 'add', { a: 1, b: 2 }), /unknown method toString/);
});

test('close rejects what is pending and what comes later', async () => {
  const { client } = calculator();
  const pending = client.request('add', { a: 1, b: 2 });
  client.close(new Error('gone'));
  await assert.rejects(pending, /gone/);
  await assert.rejects(client.request('add', { a: 1, b: 2 }), /gone/);
});

test('events reach listeners until they are disposed', async () => {
  const { client, far } = calculator();
  const heard: string[] = [];
  const listener = client.on('said', ({ text }) => heard.push(text));
  emitter<News>(far)('said', { text: 'one' });
  await client.request('add', { a: 0, b: 0 });
  listener.dispose();
  emitter<News>(far)('said', { text: 'two' });
  await client.request('add', { a: 0, b: 0 });
  assert.deepEqual(heard, ['one']);
});
