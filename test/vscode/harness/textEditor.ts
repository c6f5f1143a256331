import type { Page } from 'playwright-core';

/** Opens a file of the workspace by its name, and puts the keyboard into its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  const row = widget
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name').getByText(name, { exact: true }) });
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+P');
  await widget.locator('.quick-input-box input').fill(name);
  await row.first().click();
  await page
    .locator(`.editor-instance[aria-label*="${name}"], .tab.active[data-resource-name="${name}"]`)
    .first()
    .waitFor();
  await focusText(page);
}

/** Puts the keyboard into the text of the active editor. */
export async function focusText(page: Page): Promise<void> {
  await page.locator('.editor-group-container.active .monaco-editor .view-lines').click();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** Replaces the text of the active editor, without saving it. */
export async function replaceText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Selects whole lines, counted from 1; `last` is the last of them. */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 1; line < first; line++) await page.keyboard.press('ArrowDown');
  for (let line = first; line <= last; line++) await page.keyboard.press('Shift+ArrowDown');
}

/** Waits until the extension has read the project: then it writes its lenses above a model, and its keys work. */
export async function waitForLenses(page: Page): Promise<void> {
  await page.locator('.codelens-decoration').getByText('Preview', { exact: true }).waitFor();
}
