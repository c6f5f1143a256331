import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgressLine } from '../../../src/cli/console/progressLine.ts';

function written(isTTY: boolean, use: (line: ProgressLine) => void): string {
  let text = '';
  const write = (piece: string | Uint8Array): boolean => {
    text += String(piece);
    return true;
  };
  use(new ProgressLine({ isTTY, columns: 20, write }));
  return text.replaceAll('\r\u001B[2K', '|');
}

test('steps take the place of each other, within the width, and are gone at the end', () => {
  const use = (line: ProgressLine): void => {
    line.show('players', 0, 1);
    line.show('a_test_with_a_long_name_indeed', 1, 22);
    line.clear();
    line.clear();
  };
  assert.equal(written(true, use), '|players|a_test_with_a_long_|');
  assert.equal(written(false, use), '');
});
