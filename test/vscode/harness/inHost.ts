import fs from 'node:fs';
import { format } from 'node:util';
import { bundleInHostTests } from '../../../scripts/inHostTests.mjs';
import { root } from '../../unit/root.ts';
import { type Editor, type Host } from './editor.ts';

export interface InHostResult {
  readonly passed: boolean;
  /** What the tests printed. */
  readonly output: string;
}

/** Runs the mocha tests of test/vscode/inHost inside an extension host, on the extension in the repository's dist/. */
export async function runInHost(editor: Editor, host: Host, folder: string): Promise<InHostResult> {
  const bundles = await bundleInHostTests();
  try {
    const address = editor.server.address(folder, [
      ['extensionDevelopmentPath', editor.server.uri(root)],
      ['extensionTestsPath', editor.server.uri(bundles[host])],
    ]);
    return await readRun(editor, address);
  } finally {
    fs.rmSync(bundles.folder, { recursive: true });
  }
}

/** The workbench tells of a test run through two functions of its page. */
async function readRun(editor: Editor, address: string): Promise<InHostResult> {
  const page = await editor.blankPage();
  const lines: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => lines.push(format(...args)));
  const exitCode = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  await page.goto(address);
  const passed = (await exitCode) === 0;
  await page.close();
  return { passed, output: lines.join('\n') };
}
