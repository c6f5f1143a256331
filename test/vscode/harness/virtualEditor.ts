import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { open } from '@vscode/test-web';
import type { Page } from 'playwright-core';
import { prepareWebBuild } from '../../../scripts/vscode/prepareWebBuild.mjs';
import { unzip } from '../../../scripts/zipFile.mjs';
import { workbench } from './editor.ts';
import { launchBrowser, newProfile } from './headlessBrowser.ts';

/** VS Code for the web: no server behind it, and a folder that is on no disk. */
export interface VirtualEditor {
  readonly page: Page;
  stop(): Promise<void>;
}

/**
 * Opens VS Code for the web on an empty virtual folder, with what is in the packaged extension. What is written there
 * stays in the page's memory.
 */
export async function startVirtualEditor(vsix: string): Promise<VirtualEditor> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-web-'));
  const folder = path.join(home, 'folder');
  fs.mkdirSync(folder);
  unzip(vsix, path.join(home, 'vsix'));
  const { folder: testRunnerDataDir, commit } = await prepareWebBuild();
  const port = await freePort();
  const server = await open({
    browserType: 'none',
    host: '127.0.0.1',
    port,
    quality: 'stable',
    commit,
    testRunnerDataDir,
    extensionPaths: [path.join(home, 'vsix/extension')],
    folderPath: folder,
  });
  const stopServer = (): void => {
    server.dispose();
    fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    const browser = await launchBrowser();
    const page = await (await newProfile(browser)).newPage();
    // Webviews have hosts of their own below this one; a browser takes every *.localhost for this machine.
    await page.goto(`http://vscode.localhost:${port}/`);
    await workbench(page);
    return {
      page,
      stop: async () => {
        await browser.close();
        stopServer();
      },
    };
  } catch (error) {
    stopServer();
    throw error;
  }
}

/** A port that nothing listens on at this moment: the server cannot say which one it was given. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
