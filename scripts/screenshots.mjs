// Pictures of a real VS Code with the sample: those of the README in docs/images, and more states and themes in
// .vscode-test/artifacts/screenshots/ to be looked at.
// usage: npm run screenshots
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';
import { step } from './steps.mjs';
import { ensureBrowser } from './vscode/browser.mjs';
import { prepareServer } from './vscode/prepareServer.mjs';

ensureInstalled();
const { packageExtension } = await import('./package.mjs');
const esbuild = await import('esbuild');

const browser = ensureBrowser();
if ('missing' in browser) {
  console.error(browser.missing);
  process.exit(1);
}
const vsix = await step('Building and packaging the extension', packageExtension);
await step('Preparing VS Code', prepareServer);
const tools = await step('Preparing dbt', () => pythonTools(path.join(root, 'test/dbt/requirements.txt')));
Object.assign(process.env, {
  CHROMIUM_PATH: browser.program,
  MODELYARD_VSIX: vsix,
  MODELYARD_ROOT: root,
  MODELYARD_TEST_DBT: path.join(tools, 'dbt'),
});
const files = await step('Taking pictures', takePictures);
for (const file of files) console.log(path.relative(root, file));

/** The pictures are taken with the harness of the tests, which is TypeScript. */
async function takePictures() {
  const folder = path.join(root, '.vscode-test', `screenshots-${process.pid}`);
  const outfile = path.join(folder, 'screenshots.mjs');
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: ['test/vscode/screenshots/takeScreenshots.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'warning',
    });
    /** @type {typeof import('../test/vscode/screenshots/takeScreenshots.ts')} */
    const { takeScreenshots } = await import(pathToFileURL(outfile).href);
    return await takeScreenshots();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
