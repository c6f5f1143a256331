import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { startEditor, type Editor, type Host } from './editor.ts';
import { packagedExtension } from './packagedExtension.ts';

/** One editor with the packaged extension, for all the windows of a test file. */
export interface HostLab {
  readonly host: Host;
  /** A new, empty folder on the disk; it goes when the tests have ended. */
  newFolder(name: string): string;
  /** A new window on a folder, or on none. */
  open(folder?: string): Promise<Page>;
}

/** Starts the editor before the first test of a file, and ends it after the last. */
export function hostLab(host: Host): HostLab {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `modelyard-${host}-`));
  let editor: Editor | undefined;
  before(async () => {
    editor = await startEditor({ host, vsix: packagedExtension() });
  });
  after(async () => {
    await editor?.stop();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });
  return {
    host,
    newFolder: (name) => {
      const folder = path.join(home, name);
      fs.mkdirSync(folder);
      return folder;
    },
    open: (folder) => {
      if (editor === undefined) throw new Error('the editor has not been started');
      return editor.open(folder);
    },
  };
}
