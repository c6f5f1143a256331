import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreenshot } from './artifacts.ts';

/** A test in an editor's window; when it fails, a picture of the window is kept. */
export function editorTest(title: string, window: () => Page, body: (page: Page) => Promise<void>): void {
  void test(title, async () => {
    const page = window();
    try {
      await body(page);
    } catch (error) {
      await keepScreenshot(page, `failed ${title}`);
      throw error;
    }
  });
}
