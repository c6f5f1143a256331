import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { browserSwitches, findBrowser } from '../../../scripts/vscode/browser.mjs';

/** Starts the machine's browser without a window. Throws when it has none. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no browser on this machine');
  return chromium.launch({ executablePath, args: [...browserSwitches, '--disable-gpu'] });
}

/** A profile of its own, with windows of a common laptop's size. */
export function newProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1440, height: 900 } });
}
