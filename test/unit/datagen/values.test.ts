import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, dayNumber, parseSpan, parseTimestamp, timestampText } from '../../../src/core/datagen/calendar.ts';
import { columnType } from '../../../src/core/datagen/columnType.ts';
import { distributedValues } from '../../../src/core/datagen/distribution.ts';
import { exactExp, exactLog, normalCdf } from '../../../src/core/datagen/exactMath.ts';
import { parsePattern } from '../../../src/core/datagen/pattern.ts';
import { permutation } from '../../../src/core/datagen/permutation.ts';
import { randomStream } from '../../../src/core/datagen/randomStream.ts';
import { utf8 } from '../../../src/core/datagen/utf8.ts';
import { weightedChoice } from '../../../src/core/datagen/weightedChoice.ts';

test('days and texts agree with Date over four centuries', () => {
  for (let day = -140_000; day < 140_000; day += 37) {
    const expected = new Date(day * 86_400_000).toISOString().slice(0, 10);
    assert.equal(dateText(day), expected);
    assert.equal(dayNumber(...(expected.split('-').map(Number) as [number, number, number])), day);
  }
  assert.equal(timestampText(1_704_906_421), '2024-01-10 17:07:01+00:00');
  assert.equal(timestampText(-1), '1969-12-31 23:59:59+00:00');
});

test('times are read in the forms people write, and nothing else', () => {
  const at = 1_704_906_421;
  for (const text of [
    '2024-01-10 17:07:01',
    '2024-01-10T17:07:01Z',
    '2024-01-10 17:07:01+00:00',
    '2024-01-10T17:07:01.000Z',
  ]) {
    assert.equal(parseTimestamp(text), at, text);
  }
  assert.equal(parseTimestamp('2024-01-10 17:07'), at - 1);
  assert.equal(parseTimestamp('2024-02-29'), 1_709_164_800);
  assert.equal(parseTimestamp('2024-02-29', true), 1_709_164_800 + 86_399);
  for (const text of [
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-10 24:00',
    '10.01.2024',
    '2024-01-10+02:00',
    '',
  ]) {
    assert.equal(parseTimestamp(text), undefined, text);
  }
  assert.deepEqual(['30 days', '1 week', '12hours', '5'].map(parseSpan), [2_592_000, 604_800, 43_200, undefined]);
});

test('patterns of fixed length are counted; others are not read', () => {
  const size = (text: string): number | undefined => parsePattern(text)?.size;
  assert.equal(size('[A-Z]{6}'), 26 ** 6);
  assert.equal(size('AB-\\d{2}[xyz]'), 300);
  assert.equal(size('[a-c-]\\.'), 4);
  assert.equal(parsePattern('[A-Z]{40}')?.positions.length, 40);
  for (const text of ['', '[A-Z]+', 'a|b', '(ab)', '[^a]', '[z-a]', 'a{2,3}', '{3}', '[A-Z', 'é']) {
    assert.equal(size(text), undefined, text);
  }
});

test('types are known by the names of the warehouses, or by the name of the column', () => {
  const kinds = (name: string, ...types: (string | undefined)[]): string[] =>
    types.map((dataType) => {
      const column = {
        name,
        dataType,
        notNull: false,
        unique: false,
        acceptedValues: undefined,
        relationship: undefined,
        acceptedRange: undefined,
      };
      const type = columnType({
        ...column,
        hints: {},
        file: '',
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      });
      return type.kind === 'decimal' ? `decimal ${String(type.scale)}` : type.kind;
    });
  assert.deepEqual(
    new Set(kinds('x', 'integer', 'INT64', 'bigint', 'int4', 'number(38,0)', 'serial')),
    new Set(['integer']),
  );
  assert.deepEqual(kinds('x', 'numeric(18, 2)', 'DECIMAL', 'double precision', 'numeric(9)'), [
    'decimal 2',
    'decimal 2',
    'decimal 2',
    'integer',
  ]);
  assert.deepEqual(
    new Set(kinds('x', 'timestamp with time zone', 'TIMESTAMP_NTZ', 'datetime')),
    new Set(['timestamp']),
  );
  assert.deepEqual(kinds('x', 'date', 'boolean', 'varchar(20)', 'interval', undefined), [
    'date',
    'boolean',
    'text',
    'text',
    'text',
  ]);
  assert.deepEqual(
    [...kinds('user_id', undefined), ...kinds('created_at', undefined), ...kinds('is_new', undefined)],
    ['integer', 'timestamp', 'boolean'],
  );
});

test('a permutation meets each number once, at every size', () => {
  for (const size of [1, 2, 3, 5, 16, 17, 1000, 4097]) {
    const out = new Float64Array(size);
    permutation(size, randomStream('a', String(size))).fill(0, out);
    assert.deepEqual(
      [...out].sort((a, b) => a - b),
      Array.from({ length: size }, (_, i) => i),
    );
  }
  const far = new Float64Array(1000);
  permutation(2 ** 52, randomStream('far')).fill(2 ** 51, far);
  assert.equal(new Set(far).size, 1000);
  assert.ok(far.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 52));
});

test('streams of different names share nothing, and words are uniform', () => {
  const words = (...names: string[]): Uint32Array => {
    const out = new Uint32Array(65_536);
    randomStream(...names).fill(out);
    return out;
  };
  const [a, b] = [words('1', 'x'), words('1', 'y')];
  assert.deepEqual(a, words('1', 'x'));
  assert.notDeepEqual(words('1x', ''), words('1', 'x'));
  const same = a.filter((word, i) => word >>> 24 === (b[i] ?? 0) >>> 24).length;
  assert.ok(same > 180 && same < 340, `${String(same)} of 256 expected`);
  const cells = new Float64Array(256);
  for (const word of a) cells[word >>> 24] = (cells[word >>> 24] ?? 0) + 1;
  // 255 degrees of freedom: above 330.5 in one of a thousand cases.
  assert.ok(cells.reduce((sum, count) => sum + (count - 256) ** 2 / 256, 0) < 330.5);
});

test('choices occur as often as their weights say, and a weight of 0 never', () => {
  const weights = [3, 0, 1, 0.5, 5.5];
  const words = new Uint32Array(100_000);
  randomStream('weights').fill(words);
  const out = new Float64Array(words.length);
  weightedChoice(weights).fill(words, out);
  const counts = weights.map((_, index) => out.filter((one) => one === index).length);
  assert.equal(counts[1], 0);
  weights.forEach((weight, i) =>
    assert.ok(Math.abs((counts[i] ?? 0) - weight * 10_000) < 500, `${String(i)}: ${String(counts[i])}`),
  );
});

test('exact functions agree with those of Math', () => {
  for (let x = -20; x <= 20; x += 0.37) {
    assert.ok(Math.abs(exactExp(x) / Math.exp(x) - 1) < 1e-14, `exp ${String(x)}`);
    const y = Math.exp(x);
    assert.ok(Math.abs(exactLog(y) - Math.log(y)) < 1e-13, `log ${String(y)}`);
  }
  assert.ok(Math.abs(normalCdf(1.96) - 0.9750021048517795) < 1e-14);
  assert.ok(Math.abs(normalCdf(-3) - 0.0013498980316301035) < 1e-15);
});

test('lognormal values keep to their bounds and their shape (Kolmogorov-Smirnov, three seeds)', () => {
  const [median, sigma, min, max] = [250, 0.7, 5, 10_000];
  const z = (value: number): number => Math.log(value / median) / sigma;
  const [from, to] = [normalCdf(z(min)), normalCdf(z(max))];
  const count = 100_000;
  for (const seed of ['1', '2', '3']) {
    const words = new Uint32Array(count);
    randomStream(seed).fill(words);
    const out = new Float64Array(count);
    distributedValues({ name: 'lognormal', median, sigma }, min, max).fill(words, out);
    out.sort();
    assert.ok((out[0] ?? 0) >= min && (out.at(-1) ?? 0) <= max);
    const distance = out.reduce(
      (worst, value, i) => Math.max(worst, Math.abs((normalCdf(z(value)) - from) / (to - from) - (i + 0.5) / count)),
      0,
    );
    // 1.95 / sqrt(n): passed by all but one of a thousand samples of the very distribution.
    assert.ok(distance < 1.95 / Math.sqrt(count), String(distance));
  }
});

test('text becomes the bytes that TextEncoder makes of it', () => {
  for (const text of ['', 'abc', 'grün', '€', '日本', '😀 x'])
    assert.deepEqual(utf8(text), new TextEncoder().encode(text));
});
