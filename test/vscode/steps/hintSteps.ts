import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { HostLab } from '../harness/hostLab.ts';
import { readProblem, waitForNoProblem } from '../harness/problems.ts';
import { runCommand } from '../harness/palette.ts';
import { writeSample } from '../harness/projectFolder.ts';
import { openFile } from '../harness/textEditor.ts';
import { until } from '../harness/until.ts';
import { windowSteps } from '../harness/windowSteps.ts';

/** Writing hints in the YAML of sources. */
export function hintSteps(lab: HostLab): void {
  const folder = lab.newFolder('hints');
  const project = writeSample(folder);
  const file = 'models/sources.yml';
  const whole = project.read(file);
  const hint = 'modelyard: { one_to_one: true, null_rate: 0.2 }';
  assert.ok(whole.includes(hint));
  const line = whole.slice(0, whole.indexOf(hint)).split('\n').length;
  const column = whole.slice(0, whole.indexOf(hint)).split('\n').at(-1)?.length ?? 0;
  windowSteps(
    `${lab.host}: hints`,
    () => lab.open(folder),
    (step) => {
      step('names of hints are offered with what they do, and written with a form to fill in', async (page) => {
        await openFile(page, 'sources.yml');
        await goTo(page, line, column + 'modelyard: { one_to_one: true, '.length + 1);
        await page.keyboard.insertText('within: 3, ');
        // Before the extension has started, VS Code offers the words of the text.
        await until('hints are offered', async () => {
          await page.keyboard.press('Escape');
          await page.keyboard.press('ControlOrMeta+Space');
          await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
          return suggestion(page, 'generator').isVisible();
        });
        await suggestion(page, 'weights').waitFor();
        assert.equal(await suggestion(page, 'null_rate').count(), 0);
        await page.keyboard.type('wher');
        await suggestion(page, 'where').waitFor();
        await page.keyboard.press('Enter');
        await page.locator('.view-line').filter({ hasText: 'where:' }).first().waitFor();
        await page.keyboard.press('Escape');
      });

      step('a fault of a hint is in Problems, at the hint, without anything being generated', async (page) => {
        await runCommand(page, 'File: Revert File');
        project.write(file, whole.replace('null_rate: 0.2', 'nul_rate: 0.2'));
        const found = await readProblem(page, 'unknown hint "nul_rate"');
        assert.deepEqual([found.severity, found.file, found.line], ['Error', 'sources.yml', line]);
        assert.equal(found.column, column + 'modelyard: { one_to_one: true, '.length + 1);
        project.write(file, whole);
        await waitForNoProblem(page, 'unknown hint');
      });
    },
  );
}

async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget input').fill(`:${String(line)}:${String(column)}`);
  await page.keyboard.press('Enter');
  await page
    .locator('.statusbar-item')
    .getByText(`Ln ${String(line)}, Col ${String(column)}`)
    .waitFor();
}

function suggestion(page: Page, name: string) {
  return page.locator('.suggest-widget.visible .monaco-list-row').filter({
    has: page.locator('.label-name').getByText(name, { exact: true }),
  });
}
