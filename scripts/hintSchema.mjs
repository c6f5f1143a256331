// Writes schemas/modelyard-hints.schema.json from the hints that the generator reads.
// usage: node scripts/hintSchema.mjs [--check]   (--check only tells whether the file is as it should be)
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const esbuild = await import('esbuild');
const prettier = await import('prettier');

const file = 'schemas/modelyard-hints.schema.json';
const { outputFiles } = await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['src/core/datagen/hintSchema.ts'],
  bundle: true,
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
const { hintSchema } = await import(`data:text/javascript;base64,${code}`);
const target = path.join(root, file);
const options = await prettier.resolveConfig(target);
const text = await prettier.format(JSON.stringify(hintSchema(), null, 2), { ...options, filepath: target });

if (process.argv.includes('--check')) {
  const isSame = fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text;
  console.log(
    isSame ? `${file} is as it should be` : `${file} is not what the hints say: run node scripts/hintSchema.mjs`,
  );
  process.exitCode = isSame ? 0 : 1;
} else {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
  console.log(`wrote ${file}`);
}
