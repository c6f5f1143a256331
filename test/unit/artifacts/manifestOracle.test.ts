import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../root.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

const folder = path.join(root, 'test/fixtures/manifest');
const read = (file: string): JsonMap => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as JsonMap;
const profiles =
  'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: target/oracle.duckdb, schema: main, threads: 1}\n';

/** Differs from one reading to the next, or by where a database is. */
const volatile: readonly string[] = ['created_at', 'database', 'root_path', 'relation_name'];

/** What is known to differ, with the reason. */
const known: readonly (readonly [RegExp, string])[] = [
  [
    /^disabled\/.*\/(description|source_description|doc_blocks\b.*)$/,
    'dbt leaves descriptions of what is disabled unrendered',
  ],
  [/^disabled\/.*\/config\b/, 'dbt shows them with fewer defaults'],
  [/^exposures\/.*\/unrendered_config\b/, 'dbt has only what stands under config:'],
];

/** The paths at which two values differ, as `path: dbt's, ours`. */
function differences(at: string, theirs: Json | undefined, ours: Json | undefined): readonly string[] {
  if (known.some(([pattern]) => pattern.test(at))) return [];
  if (isMap(theirs) && isMap(ours)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter((key) => !volatile.includes(key));
    return keys.flatMap((key) => differences(`${at}/${key}`, theirs[key], ours[key]));
  }
  if (isList(theirs) && isList(ours) && theirs.length === ours.length)
    return theirs.flatMap((one, i) => differences(`${at}/${String(i)}`, one, ours[i]));
  return JSON.stringify(theirs) === JSON.stringify(ours) ? [] : [`${at}: ${shown(theirs)}, ${shown(ours)}`];
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Edges have no order. */
function sortedMap(map: Json | undefined): Json | undefined {
  if (!isMap(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([id, ids]) => [id, isList(ids) ? [...ids].sort() : ids]));
}

for (const file of fs.readdirSync(folder).filter((name) => !name.endsWith('.answers.json'))) {
  test(`the manifest of ${file} is dbt's, field by field`, async () => {
    const { files } = read(file) as { readonly files: Record<string, string> };
    const memory = new MemoryProjectFiles({ 'profiles.yml': profiles, ...files });
    const { code } = await commandOutput({ files: memory }, ['parse']);
    assert.equal(code, 0);
    const ours = JSON.parse(memory.text('target/manifest.json')) as JsonMap;
    const { 'dbt-core': version, ...theirs } = read(file.replace('.json', '.answers.json'));
    assert.equal(typeof version, 'string');
    const found = Object.entries(theirs).flatMap(([section, value]) => {
      const own = isMap(ours[section])
        ? Object.fromEntries(Object.entries(ours[section]).filter(([id]) => !/^(macro|doc)\.dbt\./.test(id)))
        : ours[section];
      const isEdges = section.endsWith('_map');
      return isEdges ? differences(section, sortedMap(value), sortedMap(own)) : differences(section, value, own);
    });
    assert.deepEqual(found, []);
  });
}
