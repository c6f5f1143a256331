import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** The "Data Quality" view, which must be open. */
export function qualityView(page: Page): Locator {
  return page
    .locator('.pane-body, .tree-explorer-viewlet-tree-view')
    .filter({ has: page.locator('.customview-tree') })
    .first();
}

/** A row of the "Data Quality" view by a part of its text. */
export function qualityItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.customview-tree .monaco-list-row').filter({ hasText: text }).first();
}

/** What stands in the rows of the view that are in sight, from the top: level and text. */
export async function readQuality(page: Page): Promise<readonly string[]> {
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

/** Opens the view and puts the keyboard into it. */
export async function focusQuality(page: Page): Promise<void> {
  await runCommand(page, 'Modelyard: Show Data Quality');
}
