import type { Locator, Page } from 'playwright-core';

/** The box at the top of the window: the command palette, a pick list or an input box. */
const quickInput = (page: Page): Locator => page.locator('.quick-input-widget');

/**
 * Runs a command by its title, as "Modelyard: Build". Tries again while the palette does not list it yet, since until
 * the extension has been scanned there is no such command, and when the window took the palette away.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = quickInput(page)
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name').getByText(title, { exact: true }) });
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await fillBox(page, `>${title}`);
      await row.first().click({ timeout: 3000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`the palette never listed "${title}"`, { cause: error });
    }
  }
}

/** Types into the input box whose title, prompt or placeholder holds a text, and accepts it. */
export async function answerInput(page: Page, prompt: string, answer: string): Promise<void> {
  await waitForPrompt(page, prompt);
  await fillBox(page, answer);
  await page.keyboard.press('Enter');
}

/** Accepts what an input box offers. */
export async function acceptInput(page: Page, prompt: string): Promise<void> {
  await waitForPrompt(page, prompt);
  await page.keyboard.press('Enter');
}

/** Picks a row of a pick list by a part of its text. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickInput(page).locator('.monaco-list-row').filter({ hasText: label }).first().click();
}

async function fillBox(page: Page, text: string): Promise<void> {
  await quickInput(page).locator('.quick-input-filter .quick-input-box input').fill(text, { timeout: 5000 });
}

async function waitForPrompt(page: Page, prompt: string): Promise<void> {
  const title = quickInput(page).locator('.quick-input-title, .quick-input-message').filter({ hasText: prompt });
  const box = quickInput(page).locator(`input[placeholder*=${JSON.stringify(prompt)}]`);
  await title.or(box).filter({ visible: true }).first().waitFor();
}
