import type { FrameLocator, Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';
import { until } from './until.ts';
import { findWebview } from './webviews.ts';

/** The page of the "Lineage" view, which must be open. */
export function lineageView(page: Page): Promise<FrameLocator> {
  return findWebview(page, '.app');
}

/** The card of a node, by dbt's unique id or the end of it, as `.daily_player_transactions`. */
export function card(view: FrameLocator, idEnd: string): Locator {
  return view.locator(`.card[data-node$="${idEnd}"]`);
}

/** Waits until a node stands in a certain way (`success`, `error`, …). */
export async function waitForStatus(view: FrameLocator, idEnd: string, status: string): Promise<void> {
  await view.locator(`.card[data-node$="${idEnd}"][data-status="${status}"]`).waitFor();
}

/** Puts the keyboard into the graph, as a user without a mouse does: Enter in the search leads there. */
export async function enterGraph(page: Page): Promise<void> {
  await runCommand(page, 'Modelyard: Focus on Lineage View');
  const view = await lineageView(page);
  await until('the lineage has the keyboard', () => view.locator('body').evaluate('document.hasFocus()').then(Boolean));
  await page.keyboard.press('Tab');
  await view.locator('input:focus').waitFor();
  await page.keyboard.press('Enter');
  await view.locator('.card:focus').waitFor();
}
