import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** What stands above the tree of the "Data Quality" view, which must be open. */
export function qualityMessage(page: Page, text: string | RegExp): Locator {
  return page.locator('.tree-explorer-viewlet-tree-view .message').filter({ hasText: text });
}

/** A row of the "Data Quality" view by a part of its text. */
export function qualityItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.customview-tree .monaco-list-row').filter({ hasText: text }).first();
}

/** What stands in the rows of the view, which must be open and of fewer rows than the window has room for. */
export async function readQuality(page: Page): Promise<readonly string[]> {
  // The list draws only the rows in sight.
  await runCommand(page, 'View: Toggle Maximized Panel');
  await page.locator('.part.editor').waitFor({ state: 'hidden' });
  const lines = await readRows(page);
  await runCommand(page, 'View: Toggle Maximized Panel');
  await page.locator('.part.editor').waitFor();
  return lines;
}

/** From the top: label and description, indented. */
async function readRows(page: Page): Promise<readonly string[]> {
  const rows = await page.locator('.customview-tree .monaco-list-row').all();
  const read = await Promise.all(
    rows.map(async (row) => {
      const [at, level, label, description] = await Promise.all([
        row.getAttribute('data-index'),
        row.getAttribute('aria-level'),
        row.locator('.label-name').innerText(),
        row.locator('.label-description').allInnerTexts(),
      ]);
      const text = [label, ...description].join(' | ');
      return { at: Number(at), text: `${'  '.repeat(Number(level) - 1)}${text}` };
    }),
  );
  return read.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Opens the view, which must have items, and puts the keyboard into them. */
export async function focusQuality(page: Page): Promise<void> {
  await runCommand(page, 'Modelyard: Show Data Quality');
  await page.locator('.customview-tree .monaco-list:focus').waitFor();
}
