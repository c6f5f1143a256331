import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../../scripts/vscode/processes.mjs';
import { startServer, type VSCodeServer } from '../../../scripts/vscode/server.mjs';
import { launchBrowser, newProfile } from './headlessBrowser.ts';

/** Where the extension runs: the server's Node host, or the web worker host of the browser. */
export type Host = 'node' | 'web';

export interface EditorOptions {
  readonly host: Host;
  /** The packaged extension, installed as a user would install it; none when one under development is opened. */
  readonly vsix?: string;
  /** User settings beside the harness's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A real VS Code in a real browser, with the extension installed. */
export interface Editor {
  readonly server: VSCodeServer;
  /** A new window on a folder of the disk, or on none. */
  open(folder?: string): Promise<Page>;
  /** A new window that shows nothing yet. */
  blankPage(): Promise<Page>;
  /** Ends the browser and the server with everything they started. */
  stop(): Promise<void>;
}

/** Settings without which what a test does would not lead to the same everywhere. */
const steadySettings = {
  // The palette lists what was run before first, and goes away when the page loads something.
  'workbench.commandPalette.history': 0,
  'workbench.quickOpen.closeOnFocusLost': false,
  // A browser's VS Code saves by itself.
  'files.autoSave': 'off',
  // What is typed is not what comes to stand in the text.
  'editor.autoIndent': 'none',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
};

/** Starts a VS Code server and a headless browser. Throws when the machine has no browser. */
export async function startEditor({ host, vsix, settings = {} }: EditorOptions): Promise<Editor> {
  exitOnSignals();
  const server = await startServer({
    isTested: true,
    ...(vsix === undefined ? {} : { vsix }),
    settings: {
      ...steadySettings,
      ...(host === 'web' ? { 'remote.extensionKind': { 'modelyard.modelyard': ['web'] } } : {}),
      ...settings,
    },
  });
  try {
    const browser = await launchBrowser();
    const profile = await newProfile(browser);
    return {
      server,
      open: async (folder) => {
        const page = await profile.newPage();
        await page.goto(server.address(folder));
        await workbench(page);
        return page;
      },
      blankPage: () => profile.newPage(),
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

/** Waits until the window is laid out and takes keys: the status bar's counts of problems come with that. */
export async function workbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar-item[id="status.problems"]').waitFor();
}
