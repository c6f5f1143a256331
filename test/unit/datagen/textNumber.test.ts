import assert from 'node:assert/strict';
import { test } from 'node:test';
import { givenNumbers } from '../../../src/core/datagen/givenRows.ts';
import { parsePattern } from '../../../src/core/datagen/pattern.ts';
import { phraseOf } from '../../../src/core/datagen/phrase.ts';
import { generate } from '../../../src/core/datagen/generate.ts';
import type { CellFormat } from '../../../src/core/datagen/generationPlan.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

/** The texts that a format gives for 0 up to its size. */
async function texts(format: CellFormat, size: number): Promise<readonly string[]> {
  const files = new MemoryProjectFiles();
  await generate(
    {
      seed: '1',
      tables: [{ id: 'a.t', name: 't', path: 't.csv', rows: size, header: ['x'] }],
      columns: [
        {
          table: 'a.t',
          column: 'x',
          source: { kind: 'sequence', first: 0 },
          format,
          nullRate: 0,
          min: 0,
          max: size,
          kept: false,
        },
      ],
    },
    (path) => files.openWrite(path),
  );
  return files.text('t.csv').trim().split('\n').slice(1);
}

test('the number of a text is the one that writes it', async () => {
  const pattern = parsePattern('[AB]-[0-9x]{2}');
  assert.ok(pattern !== undefined);
  const phrase = phraseOf({ kind: 'phrase', parts: [['Ann', 'Anna', ''], '.', ['a', 'b', 'na'], ['1', '12']] });
  for (const [format, size] of [
    [{ kind: 'pattern', pattern }, pattern.size],
    [{ kind: 'phrase', phrase }, phrase.size],
  ] as const) {
    const all = await texts(format, size);
    assert.deepEqual(
      [...givenNumbers(all, format)],
      Array.from({ length: size }, (_, i) => i),
    );
    assert.deepEqual([...givenNumbers([undefined, 'C-00', '', 'A-0', 'Ann.a123'], format)], [NaN, NaN, NaN, NaN, NaN]);
  }
});

test('the numbers of other given values', () => {
  const check = (format: CellFormat, values: readonly (string | undefined)[], expected: readonly number[]): void =>
    assert.deepEqual([...givenNumbers(values, format)], expected);
  check({ kind: 'integer' }, ['-7', undefined], [-7, NaN]);
  check({ kind: 'decimal', scale: 2 }, ['304.94', '0.1', '-2'], [30494, 10, -200]);
  check({ kind: 'boolean' }, ['true', 'false'], [1, 0]);
  check({ kind: 'date' }, ['1970-01-03'], [2]);
  check({ kind: 'timestamp' }, ['1970-01-02 00:00:01', '1970-01-01 00:00:05.250000'], [86_401, 5]);
  check({ kind: 'words', words: ['a', 'b'] }, ['b', 'c'], [1, NaN]);
});
