/** What esbuild's loaders make of files that are not TypeScript (scripts/webviewBundles.mjs). */
declare module '*.css';

declare module '*.svg' {
  const text: string;
  export = text;
}

declare module '*.worker.ts?text' {
  const text: string;
  export = text;
}
