import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResultsChannel, type ResultsContent } from '../../../src/extension/views/resultsChannel.ts';
import type { ResultsEvents, ResultsMethods, ResultsSnapshot } from '../../../src/protocol/resultsProtocol.ts';
import { RpcClient, type Message, type Port } from '../../../src/protocol/rpc.ts';

/** Two ends that hear each other one turn later, as across a process. */
function pair(): [Port, Port] {
  const listeners: [((message: Message) => void)[], ((message: Message) => void)[]] = [[], []];
  const end = (own: 0 | 1): Port => ({
    post: (message) => queueMicrotask(() => listeners[own === 0 ? 1 : 0].forEach((listener) => listener(message))),
    onMessage: (listener) => void listeners[own].push(listener),
  });
  return [end(0), end(1)];
}

function connect() {
  const [host, page] = pair();
  const asked: string[] = [];
  const channel = new ResultsChannel(host, {
    openLocation: ({ file }) => void asked.push(`open ${file}`),
    cancel: () => {
      throw new Error('nothing runs');
    },
    rerun: () => void asked.push('rerun'),
  });
  const client = new RpcClient<ResultsMethods, ResultsEvents>(page);
  const snapshots: ResultsSnapshot[] = [];
  client.on('snapshot', (snapshot) => snapshots.push(snapshot));
  return { channel, client, asked, snapshots };
}

const rows: ResultsContent = {
  state: 'rows',
  title: 'players',
  subject: { kind: 'sql' },
  columns: [{ name: 'id', type: 'integer', align: 'end' }],
  rowCount: 3,
  durationMs: 4,
};
const source = { page: (from: number, count: number) => Promise.resolve([[from], [count]]) };

test('each show begins a generation, an update does not', async () => {
  const { channel, snapshots } = connect();
  channel.show(rows, source);
  channel.update({ kind: 'sql', location: { file: 'a.sql', line: 1, character: 0 } });
  channel.show({ state: 'empty' });
  channel.update({ kind: 'sql' });
  await Promise.resolve();
  assert.deepEqual(
    snapshots.map(({ state, generation }) => `${state} ${String(generation)}`),
    ['empty 0', 'rows 1', 'rows 1', 'empty 2'],
  );
  assert.deepEqual(channel.snapshot, { state: 'empty', generation: 2 });
});

test('a page is the JSON of its rows', async () => {
  const { channel, client } = connect();
  channel.show(rows, source);
  assert.deepEqual(await client.request('page', { generation: 1, from: 200, count: 2 }), {
    generation: 1,
    rows: '[[200],[2]]',
  });
});

test('a page of rows that are no longer shown says so, even when it was being read', async () => {
  const { channel, client } = connect();
  channel.show(rows, source);
  assert.deepEqual(await client.request('page', { generation: 0, from: 0, count: 1 }), { generation: 1, rows: '[]' });
  let release: (rows: readonly (readonly number[])[]) => void = () => undefined;
  channel.show(rows, { page: () => new Promise((resolve) => (release = resolve)) });
  const late = client.request('page', { generation: 2, from: 0, count: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  channel.show(rows, source);
  release([[1]]);
  assert.equal((await late).generation, 3);
});

test('wishes reach their handlers, and what they throw comes back', async () => {
  const { client, asked } = connect();
  await client.request('openLocation', { file: 'a.sql', line: 0, character: 0 });
  await client.request('rerun', null);
  await assert.rejects(client.request('cancel', null), { message: 'nothing runs' });
  assert.deepEqual(asked, ['open a.sql', 'rerun']);
});
