import type { Page } from 'playwright-core';
import { runCommand } from './palette.ts';

/** One row of the Problems panel; line and column count from 1. */
export interface Problem {
  readonly severity: 'Error' | 'Warning' | 'Info';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Waits until Problems lists an entry whose text matches, and gives it. */
export async function readProblem(page: Page, text: string | RegExp): Promise<Problem> {
  await runCommand(page, 'Problems: Focus on Problems View');
  const row = page.locator('.markers-panel .monaco-list-row').filter({ hasText: text }).first();
  await row.waitFor();
  const label = (await row.getAttribute('aria-label')) ?? '';
  return parseProblem(label);
}

/** The row's label for screen readers has every part, in words. */
function parseProblem(label: string): Problem {
  const match = /^(Error|Warning|Info): (.*) at line (\d+) and character (\d+)\./s.exec(label);
  if (match === null) throw new Error(`not a problem's label: ${label}`);
  const [, severity, message = '', line, column] = match;
  return { severity: severity as Problem['severity'], message, line: Number(line), column: Number(column) };
}
