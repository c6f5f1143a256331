import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitRecords, splitValues } from '../../../src/core/quality/recordSplitter.ts';
import { chunksOf, load } from '../engine/testEngine.ts';

const decoder = new TextDecoder();

async function records(csv: string, size?: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const piece of splitRecords(chunksOf(csv, size), ',')) {
    for (const { bytes, line } of piece) found.push(`${String(line)} ${decoder.decode(bytes)}`);
  }
  return found;
}

test('records keep their text and know their line', async () => {
  const csv = '\ufeffa,b\r\n1,"x\r\ny"\n\n2,q"q\r3,"a""b,c"\r\n4,';
  for (let size = 1; size <= csv.length + 4; size += 1) {
    assert.deepEqual(await records(csv, size), ['1 a,b', '2 1,"x\r\ny"', '5 2,q"q', '6 3,"a""b,c"', '7 4,']);
  }
});

test('values keep their quotes', () => {
  const cut = (text: string): readonly string[] =>
    splitValues(new TextEncoder().encode(text), ',').map((value) => decoder.decode(value));
  assert.deepEqual(cut('a,"b,""c""",,d"e'), ['a', '"b,""c"""', '', 'd"e']);
  assert.deepEqual(cut(''), ['']);
});

test('records begin on the lines on which the loader finds them', async () => {
  const value = fc.oneof(
    fc.constantFrom('', 'a', '1', 'x y', '"q"', '"a,b"', '"two\nlines"', '"two\r\nlines"', '"say ""hi"""', 'mid"quote'),
  );
  const row = fc.tuple(fc.array(value, { minLength: 2, maxLength: 3 }), fc.constantFrom('\n', '\r\n', '\n\n'));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const csv = `h1,h2\n${rows.map(([values, end]) => values.join(',') + end).join('')}`;
      const { result } = await load(csv, { lenient: true, columns: [] });
      const found = (await records(csv, size)).slice(1).map((one) => Number(one.split(' ')[0]));
      const loaded = [...(result.lines ?? []), ...result.faults.map((fault) => fault.line)].sort((a, b) => a - b);
      assert.deepEqual(found, loaded);
    }),
    { numRuns: 150, seed: 7 },
  );
});
