import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml, plainOf } from '../../../src/core/project/yamlNode.ts';

const read = (text: string): unknown => plainOf(parseYaml(text, 'x.yml').value);

/** Each scalar as PyYAML 6 reads it (`yaml.safe_load`). */
const scalars: readonly (readonly [string, unknown])[] = [
  ['y', 'y'],
  ['N', 'N'],
  ['yes', true],
  ['Off', false],
  ['012', 10],
  ['0o14', '0o14'],
  ['12:30', 750],
  ['1_000', 1000],
  ['.5', 0.5],
  ['1e3', '1e3'],
  ['1.0e+3', 1000],
  ['0b11', 3],
  ['~', null],
  ['2024-01-01', '2024-01-01'],
];
for (const [text, value] of scalars) {
  test(`${text} is read as PyYAML reads it`, () => {
    assert.deepEqual(read(`key: ${text}`), { key: value });
  });
}

test('y as a key stays y', () => {
  assert.deepEqual(read('y: 1'), { y: 1 });
});

test('anchors and merge keys give their values', () => {
  assert.deepEqual(read('a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\ne: *x'), {
    a: { b: 1, c: 2 },
    d: { b: 1, c: 3 },
    e: { b: 1, c: 2 },
  });
});

test('an anchor that holds itself is a fault, not a hang', () => {
  const { value, diagnostics } = parseYaml('a: &x [*x]', 'x.yml');
  assert.equal(value, undefined);
  assert.equal(diagnostics.length, 1);
});

test('a key that is written twice is a warning on its line, and the last one counts', () => {
  const { value, diagnostics } = parseYaml('a: 1\nb: 2\na: 3\n', 'x.yml');
  assert.deepEqual(plainOf(value), { a: 3, b: 2 });
  assert.deepEqual(
    diagnostics.map((one) => [one.code, one.range.start.line]),
    [['project.yamlDuplicateKey', 2]],
  );
});

test('YAML that repeats its parts without an end is refused', () => {
  const levels = Array.from({ length: 12 }, (_, n) => {
    const item = n === 0 ? 'x' : `*a${String(n - 1)}`;
    return `a${String(n)}: &a${String(n)} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
  });
  const { value, diagnostics } = parseYaml(levels.join('\n'), 'x.yml');
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    ['project.yamlTooDeep'],
  );
});

test('YAML that is nested without an end is refused', () => {
  const { value, diagnostics } = parseYaml(`a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'x.yml');
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    ['project.yamlTooDeep'],
  );
});
