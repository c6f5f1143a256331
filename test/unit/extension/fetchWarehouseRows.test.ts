import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Cancelled, CancellationSource, neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { ProgramCall, ProgramHost, RunProgram, WithScratch } from '../../../src/extension/dbt/dbtProgram.ts';
import { fetchWarehouseRows, type WarehouseRequest } from '../../../src/extension/dbt/fetchWarehouseRows.ts';
import { root } from '../root.ts';

const request: WarehouseRequest = {
  program: { path: '/env/bin/dbt', version: '1.11.14' },
  folder: '/project',
  targetArguments: ['--profiles-dir', '.', '--target', 'my $(target)'],
  of: { packageName: 'shop', name: 'kinds', version: undefined },
  limit: 10,
  wholeOnly: false,
};

const withScratch: WithScratch = (use) => use('/scratch');

/** A program that writes texts and ends. */
function writing(texts: readonly (readonly [string, 'out' | 'error'])[], calls: ProgramCall[] = []): ProgramHost {
  const run: RunProgram = (call, onText) => {
    calls.push(call);
    const ended = Promise.resolve().then(() => {
      for (const [text, stream] of texts) onText(text, stream);
      return 0;
    });
    return { ended, end: () => undefined };
  };
  return { run, withScratch };
}

function recorded(): string {
  const text = fs.readFileSync(path.join(root, 'test/fixtures/show/1.11.14.json'), 'utf8');
  const { cases } = JSON.parse(text) as { cases: Record<string, { lines: readonly string[] }> };
  return `${cases['limited']?.lines.join('\n') ?? ''}\n`;
}

test('rows come in pieces, with warnings of the other stream between them', async () => {
  const output = recorded();
  const half = output.indexOf('ShowNode');
  const run = writing([
    [output.slice(0, half), 'out'],
    ['a warning', 'error'],
    [output.slice(half), 'out'],
  ]);
  const found = await fetchWarehouseRows(request, run, neverCancelled);
  assert.equal(found.kind === 'rows' ? found.rows.length : found.kind, 2);
});

test('dbt is told to leave artifacts and logs alone, and every argument is one of its own', async () => {
  const calls: ProgramCall[] = [];
  await fetchWarehouseRows(request, writing([], calls), neverCancelled);
  const [{ args, folder, program }] = calls as [ProgramCall];
  assert.deepEqual([program, folder], ['/env/bin/dbt', '/project']);
  assert.ok(args.includes('--no-write-json') && args.includes('my $(target)'));
  assert.deepEqual(args.slice(args.indexOf('--log-level-file')).slice(0, 2), ['--log-level-file', 'none']);
  assert.deepEqual(args.slice(args.indexOf('--limit')), ['--limit', '10', '--output', 'json']);
  assert.match(args[args.indexOf('--inline') + 1] ?? '', /^\{%- set relation = ref\("shop", "kinds"\) -%\}/);
});

test('dbt 2 writes what it must outside of the project', async () => {
  const calls: ProgramCall[] = [];
  const program = { path: '/env/bin/dbt', version: '2.0.0-preview.196' };
  await fetchWarehouseRows({ ...request, program }, writing([], calls), neverCancelled);
  const [{ args }] = calls as [ProgramCall];
  assert.deepEqual(args.slice(args.indexOf('--log-level-file'), args.indexOf('show')), [
    ...['--log-level-file', 'off'],
    ...['--log-path', '/scratch', '--target-path', '/scratch'],
  ]);
  assert.ok(args.includes('--no-write-json') && !args.includes('--no-use-colors'));
});

test('cancelled, the program is ended, and there are no rows', async () => {
  const source = new CancellationSource();
  let ends = 0;
  const run: RunProgram = () => {
    let settle: (code: number | undefined) => void = () => undefined;
    const ended = new Promise<number | undefined>((resolve) => (settle = resolve));
    const end = (): void => {
      ends += 1;
      settle(undefined);
    };
    return { ended, end };
  };
  const fetching = fetchWarehouseRows(request, { run, withScratch }, source.token);
  source.cancel();
  await assert.rejects(fetching, Cancelled);
  assert.equal(ends, 1);
});
