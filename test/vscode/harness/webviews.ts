import type { FrameLocator, Page } from 'playwright-core';

/**
 * The page of the webview that holds a selector. VS Code lays each webview's page two frames deep in an iframe that
 * says nothing of which view it is, so views are told apart by what is in them.
 */
export async function findWebview(page: Page, selector: string): Promise<FrameLocator> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    for (const iframe of await page.locator('iframe.webview.ready').all()) {
      const name = await iframe.getAttribute('name').catch(() => null);
      if (name === null) continue;
      // By its name, since its place among its siblings changes as views come and go.
      const content = page.frameLocator(`iframe[name="${name}"]`).frameLocator('iframe#active-frame');
      if ((await content.locator(selector).count()) > 0) return content;
    }
    if (Date.now() > deadline) throw new Error(`no webview holds ${selector}`);
    await page.waitForTimeout(100);
  }
}
