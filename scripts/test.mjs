// Every test: units, the webview pages in Chromium, and a real VS Code with the packaged extension.
// usage: npm test
// The last line is `N passed, N failed`, with `, N skipped` when some could not run on this machine.
import { ensureInstalled } from './install.mjs';
import { step } from './steps.mjs';
import { ensureBrowser } from './vscode/browser.mjs';
import { prepareServer } from './vscode/prepareServer.mjs';
import { prepareWebBuild } from './vscode/prepareWebBuild.mjs';

ensureInstalled();
const { packageExtension } = await import('./package.mjs');
const { findTests, runNodeTests } = await import('./nodeTests.mjs');

const total = { passed: 0, failed: 0, skipped: 0 };

const vsix = await step('Building and packaging the extension', packageExtension);
await runGroup('Unit tests', findTests('test/unit'), { concurrency: 2 });

const pages = findTests('test/webview');
const editors = findTests('test/vscode');
const browser = ensureBrowser();
if ('program' in browser) {
  const env = { CHROMIUM_PATH: browser.program, MODELYARD_VSIX: vsix };
  await runGroup('Webview pages in a browser', pages, { concurrency: 1, env });
  await step('Preparing VS Code', () => Promise.all([prepareServer(), prepareWebBuild()]));
  await runGroup('A real VS Code', editors, { concurrency: 1, env });
} else {
  for (const file of [...pages, ...editors]) console.log(`skipped: ${file}: ${browser.missing}`);
  // A machine that checks submissions must not pass without them.
  total[process.env['CI'] ? 'failed' : 'skipped'] += pages.length + editors.length;
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * @param {string} title
 * @param {readonly string[]} files
 * @param {Parameters<typeof runNodeTests>[1]} options
 */
async function runGroup(title, files, options) {
  if (files.length === 0) return;
  const { passed, failed, skipped } = await step(title, () => runNodeTests(files, options));
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
