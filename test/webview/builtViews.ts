import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { webviewBundle } from '../../scripts/webviewBundles.mjs';
import { root } from '../unit/root.ts';

export type ViewName = 'lineage' | 'results';

/** A view's bundle as it ships. */
export interface BuiltView {
  readonly script: string;
  readonly style: string;
}

/** Builds a view as a package does, in a folder of its own that is gone afterwards. */
export async function buildView(view: ViewName): Promise<BuiltView> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-webview-'));
  try {
    await esbuild.build(webviewBundle(view, { root, outdir, production: true }));
    const read = (name: string) => fs.readFileSync(path.join(outdir, name), 'utf8');
    return { script: read(`${view}.js`), style: read(`${view}.css`) };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** The script that plays VS Code in the page. */
export async function buildFakeVsCode(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/webview/page/fakeVsCode.ts'],
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Bytes after gzip, as budgets count them. */
export const gzipped = (text: string): number => gzipSync(text).length;
