import type { BuildOptions } from 'esbuild';

export const webviewNames: readonly ('lineage' | 'results')[];
export function webviewBundle(
  view: 'lineage' | 'results',
  options: { readonly root: string; readonly outdir: string; readonly production: boolean },
): BuildOptions;
