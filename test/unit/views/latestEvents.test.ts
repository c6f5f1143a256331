import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestEventsPort } from '../../../src/extension/views/latestEvents.ts';
import { readyEvent } from '../../../src/protocol/readyEvent.ts';
import type { Message } from '../../../src/protocol/rpc.ts';

const ready: Message = { kind: 'event', event: readyEvent, payload: null };
const snapshot = (payload: unknown): Message => ({ kind: 'event', event: 'snapshot', payload });

function connected(port: LatestEventsPort): Message[] {
  const sent: Message[] = [];
  port.connect((message) => void sent.push(message));
  return sent;
}

test('events wait for ready, and only the last of a name is sent', () => {
  const port = new LatestEventsPort();
  port.post(snapshot(1));
  const sent = connected(port);
  port.post(snapshot(2));
  port.post({ kind: 'event', event: 'other', payload: 0 });
  assert.equal(sent.length, 0);
  port.receive(ready);
  assert.deepEqual(sent, [snapshot(2), { kind: 'event', event: 'other', payload: 0 }]);
  port.post(snapshot(3));
  assert.deepEqual(sent.at(-1), snapshot(3));
});

test('a page that is loaded anew gets the last events again', () => {
  const port = new LatestEventsPort();
  const first = connected(port);
  port.receive(ready);
  port.post(snapshot(1));
  port.disconnect();
  port.post(snapshot(2));
  const second = connected(port);
  port.receive(ready);
  assert.deepEqual(first, [snapshot(1)]);
  assert.deepEqual(second, [snapshot(2)]);
});

test('requests reach the listeners, ready does not, and replies to a page that is gone are dropped', () => {
  const port = new LatestEventsPort();
  const heard: Message[] = [];
  port.onMessage((message) => void heard.push(message));
  const sent = connected(port);
  const request: Message = { kind: 'request', id: 1, method: 'open', params: null };
  port.receive(ready);
  port.receive(request);
  port.disconnect();
  port.post({ kind: 'reply', id: 1, result: null });
  assert.deepEqual(heard, [request]);
  assert.deepEqual(sent, []);
});
