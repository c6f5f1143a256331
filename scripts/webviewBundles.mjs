// The esbuild options of the webview pages: one IIFE and one stylesheet a view. Read by build.mjs and by the page tests.
import path from 'node:path';

/** The views, each with the script that starts it. */
const entryPoints = { lineage: 'src/webview/lineage/main.tsx', results: 'src/webview/results/main.ts' };

/** Views in dist/webview. */
export const webviewNames = Object.keys(entryPoints);

/**
 * A page may not load a worker from a file: `import text from './x.worker.ts?text'` gives the whole bundled worker as
 * text, to be started from a blob.
 */
const workerText = {
  name: 'worker-text',
  setup(build) {
    build.onResolve({ filter: /\.worker\.ts\?text$/ }, ({ path: request, resolveDir }) => ({
      path: path.resolve(resolveDir, request.replace(/\?text$/, '')),
      namespace: 'worker-text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'worker-text' }, async ({ path: file }) => {
      const result = await build.esbuild.build({
        entryPoints: [file],
        bundle: true,
        write: false,
        metafile: true,
        format: 'iife',
        platform: 'browser',
        target: build.initialOptions.target,
        minify: build.initialOptions.minify,
        legalComments: 'none',
      });
      const watchFiles = Object.keys(result.metafile.inputs).map((input) => path.resolve(input));
      return { contents: result.outputFiles[0].text, loader: 'text', watchFiles };
    });
  },
};

/** The esbuild options of one view's bundle; paths are relative to the repository's folder. */
export function webviewBundle(view, { root, outdir, production }) {
  return {
    absWorkingDir: root,
    entryPoints: { [view]: entryPoints[view] },
    outdir,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    loader: { '.svg': 'text' },
    plugins: [workerText],
    minify: production,
    sourcemap: production ? false : 'linked',
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
    logLevel: 'warning',
    legalComments: 'none',
  };
}
