import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../root.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { sampleProjectTexts } from '../support/testProject.ts';

const page = fs.readFileSync(path.join(root, 'docs/data-quality.md'), 'utf8');
const blocks = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

/** Commands of a block with the lines that the page shows for them; `…` stands for any number of lines. */
function steps(block: string): readonly { readonly args: readonly string[]; readonly shown: string }[] {
  return block
    .split(/^\$ modelyard /m)
    .slice(1)
    .map((step) => {
      const [command = '', ...shown] = step.trimEnd().split('\n');
      return { args: command.split(' '), shown: shown.join('\n') };
    });
}

test('the page shows what its commands print', async () => {
  assert.equal(blocks.length, 4);
  for (const block of blocks) {
    // Each block begins with the raw sample.
    const files = new MemoryProjectFiles(sampleProjectTexts());
    for (const { args, shown } of steps(block)) {
      const { lines, errors } = await commandOutput({ files }, args);
      assert.deepEqual(errors, []);
      const printed = lines.join('\n').trimEnd();
      let at = 0;
      for (const part of shown.split(/\n?…\n?/)) {
        const found = printed.indexOf(part, at);
        assert.notEqual(found, -1, `${args.join(' ')} does not print\n${part}\nbut\n${printed}`);
        at = found + part.length;
      }
      if (!shown.includes('…')) assert.equal(printed, shown);
    }
  }
});
