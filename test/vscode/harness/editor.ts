import { chromium, type Browser, type Page } from 'playwright-core';
import { browserSwitches, findBrowser } from '../../../scripts/vscode/browser.mjs';
import { exitOnSignals } from '../../../scripts/vscode/processes.mjs';
import { startServer, type VSCodeServer } from '../../../scripts/vscode/server.mjs';

/** Where the extension runs: the server's Node host, or the web worker host of the browser. */
export type Host = 'node' | 'web';

export interface EditorOptions {
  readonly host: Host;
  /** The packaged extension, which is installed as a user would install it. */
  readonly vsix: string;
  /** User settings beside the harness's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A real VS Code in a real browser, with the extension installed. */
export interface Editor {
  readonly server: VSCodeServer;
  /** A new window on a folder of the disk. */
  open(folder: string): Promise<Page>;
  /** Ends the browser and the server with everything they started. */
  stop(): Promise<void>;
}

/** Starts a VS Code server and a headless browser. Throws when the machine has no browser. */
export async function startEditor({ host, vsix, settings = {} }: EditorOptions): Promise<Editor> {
  exitOnSignals();
  const inWeb = host === 'web' ? { 'remote.extensionKind': { 'modelyard.modelyard': ['web'] } } : {};
  const server = await startServer({ vsix, settings: { ...inWeb, ...settings } });
  try {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    return {
      server,
      open: async (folder) => {
        const page = await context.newPage();
        await page.goto(server.address(folder));
        await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
        return page;
      },
      stop: async () => {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no browser on this machine');
  return chromium.launch({ executablePath, args: [...browserSwitches, '--disable-gpu'] });
}
