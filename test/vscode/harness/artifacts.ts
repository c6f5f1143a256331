import path from 'node:path';
import { root } from '../../unit/root.ts';
import type { Page } from 'playwright-core';

/** Keeps a picture of the window in .vscode-test/artifacts, to be looked at after the run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const file = `${name.replace(/[^\w-]+/g, '-')}.png`;
  await page.screenshot({ path: path.join(root, '.vscode-test', 'artifacts', file) });
}
