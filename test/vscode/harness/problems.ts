import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** One row of the Problems panel; line and column count from 1. */
export interface Problem {
  readonly severity: 'Error' | 'Warning' | 'Info';
  readonly message: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Waits until Problems lists an entry whose text matches, and gives it. */
export async function readProblem(page: Page, text: string | RegExp): Promise<Problem> {
  const row = await problemRow(page, text);
  await row.waitFor();
  const label = (await row.getAttribute('aria-label')) ?? '';
  return { ...parseProblem(label), file: await fileAbove(page, row) };
}

/** Waits until Problems lists no entry whose text matches. */
export async function waitForNoProblem(page: Page, text: string | RegExp): Promise<void> {
  const row = await problemRow(page, text);
  await row.waitFor({ state: 'detached' });
}

async function problemRow(page: Page, text: string | RegExp): Promise<Locator> {
  await runCommand(page, 'Problems: Focus on Problems View');
  return page.locator('.markers-panel .monaco-list-row[aria-level="2"]').filter({ hasText: text }).first();
}

/** The row's label for screen readers has every part, in words. */
function parseProblem(label: string): Omit<Problem, 'file'> {
  const match = /^(Error|Warning|Info): (.*) at line (\d+) and character (\d+)\./s.exec(label);
  if (match === null) throw new Error(`not a problem's label: ${label}`);
  const [, severity, message = '', line, column] = match;
  return { severity: severity as Problem['severity'], message, line: Number(line), column: Number(column) };
}

/** Problems stand below the row of their file. */
async function fileAbove(page: Page, row: Locator): Promise<string> {
  const at = Number(await row.getAttribute('data-index'));
  const files = await page.locator('.markers-panel .monaco-list-row[aria-level="1"]').all();
  const above = await Promise.all(
    files.map(async (file) => ({
      index: Number(await file.getAttribute('data-index')),
      name: await file.locator('.label-name').innerText(),
    })),
  );
  const [nearest] = above.filter(({ index }) => index < at).sort((a, b) => b.index - a.index);
  if (nearest === undefined) throw new Error('the problem stands below no file');
  return nearest.name;
}
