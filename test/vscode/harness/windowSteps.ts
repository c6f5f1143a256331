import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreenshot } from './artifacts.ts';

/** Adds a step to a window's tests. */
export type Step = (title: string, body: (page: Page) => Promise<void>) => void;

/** Far more than any step takes: it only ends what hangs. */
const stepLimit = 120_000;

/**
 * The steps of a user in one window, each of which builds on those before it: when one fails, a picture of the window
 * is kept and the others are skipped.
 */
export function windowSteps(title: string, open: () => Promise<Page>, addSteps: (step: Step) => void): void {
  void describe(title, () => {
    let window: Page | undefined;
    let failed: string | undefined;
    before(async () => {
      window = await open();
    });
    after(() => window?.close());
    addSteps((stepTitle, body) => {
      void test(stepTitle, { timeout: stepLimit }, async (context) => {
        if (failed !== undefined) {
          context.skip(`after "${failed}" failed`);
          return;
        }
        if (window === undefined) throw new Error('the window was not opened');
        try {
          await body(window);
        } catch (error) {
          failed = stepTitle;
          await keepScreenshot(window, `failed ${title} ${stepTitle}`);
          throw error;
        }
      });
    });
  });
}
