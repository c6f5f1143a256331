// Bundles the tests that run inside VS Code's extension host.
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './install.mjs';

/**
 * @returns {Promise<{ folder: string, node: string, web: string }>} a folder to be removed after the run, and in it
 *   what extensionTestsPath takes for each kind of host
 */
export async function bundleInHostTests() {
  const folder = path.join(root, '.vscode-test', `in-host-${process.pid}`);
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    external: ['vscode'],
    outdir: folder,
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { node: 'test/vscode/inHost/nodeEntry.ts' },
      platform: 'node',
      target: 'node20',
      packages: 'external',
    }),
    esbuild.build({
      ...common,
      entryPoints: { web: 'test/vscode/inHost/webEntry.ts' },
      platform: 'browser',
      target: 'es2022',
    }),
  ]);
  return { folder, node: path.join(folder, 'node.js'), web: path.join(folder, 'web.js') };
}
