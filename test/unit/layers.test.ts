import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from './root.ts';

interface Layer {
  readonly imports: readonly string[];
  readonly types?: readonly string[];
}
interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const { layers } = JSON.parse(fs.readFileSync(path.join(root, 'layers.json'), 'utf8')) as {
  layers: Record<string, Layer>;
};
const importPattern = /^\s*(?:import|export)\s+(type\s+)?([^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm;
const inlineTypesOnly = /^\{\s*type\s+\w+(\s+as\s+\w+)?\s*(,\s*type\s+\w+(\s+as\s+\w+)?\s*)*,?\s*\}\s+from/;

function sourceFiles(): string[] {
  return fs
    .readdirSync(path.join(root, 'src'), { recursive: true })
    .map((file) => `src/${String(file).split(path.sep).join('/')}`)
    .filter((file) => /\.tsx?$/.test(file));
}

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => ({
    from: file,
    to: path.posix.join(path.posix.dirname(file), match[3] ?? ''),
    typeOnly: match[1] !== undefined || inlineTypesOnly.test(match[2] ?? ''),
  }));
}

const layerOf = (file: string): string | undefined =>
  Object.keys(layers)
    .filter((layer) => file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];

const covers = (allowed: readonly string[], layer: string): boolean =>
  allowed.some((one) => one === layer || (one.endsWith('/*') && layer.startsWith(one.slice(0, -1))));

test('every source file belongs to a layer', () => {
  assert.deepEqual(
    sourceFiles().filter((file) => layerOf(file) === undefined),
    [],
  );
});

test('imports only climb to the layers that layers.json allows', () => {
  const broken = sourceFiles()
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith('src/'))
    .filter(({ from, to, typeOnly }) => {
      const source = layerOf(from) ?? '';
      const target = layerOf(to) ?? '';
      const { imports, types = [] } = layers[source] ?? { imports: [] };
      return source !== target && !covers(imports, target) && !(typeOnly && covers(types, target));
    });
  assert.deepEqual(
    broken.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('no file imports itself through others', () => {
  const graph = new Map(
    sourceFiles().map((file) => [
      file,
      importsOf(file)
        .filter((one) => !one.typeOnly)
        .map((one) => one.to),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    assert.equal(at, -1, `import cycle: ${[...trail.slice(at), file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});
