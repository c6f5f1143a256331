import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { generateDocs } from '../../../src/core/service/generateDocs.ts';
import { root } from '../root.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { testProject } from '../support/testProject.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly project?: string;
}

const fixtures = path.join(root, 'test/fixtures');
const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(fixtures, file), 'utf8'));
const given = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, schema: main, threads: 1}\n',
};

/** dbt's own schema of an artifact (test/oracle/manifest/record.py). */
function schemaOf(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.compile(read(`schemas/${name}.json`) as object);
}

const manifest = schemaOf('manifest');
const runResults = schemaOf('run_results');

const cases: readonly (readonly [string, Case])[] = [
  ['everything', read('manifest/everything.json') as Case],
  ...['unitTests', 'snapshots', 'incremental', 'verdicts', 'stored', 'gates'].map(
    (name) => [name, read(`run/${name}.json`) as Case] as const,
  ),
];

for (const [name, { files, project = '' }] of cases) {
  test(`the artifacts of ${name} are valid by dbt's schemas`, async () => {
    const memory = new MemoryProjectFiles({
      ...given,
      'dbt_project.yml': given['dbt_project.yml'] + project,
      ...files,
    });
    await commandOutput({ files: memory }, ['build']);
    for (const [artifact, isValid] of [
      ['manifest', manifest],
      ['run_results', runResults],
    ] as const) {
      const value: unknown = JSON.parse(memory.text(`target/${artifact}.json`));
      assert.equal(isValid(value), true, JSON.stringify(isValid.errors?.slice(0, 3)));
    }
  });
}

test("the catalog is valid by dbt's schema", async () => {
  const { files } = read('run/gates.json') as Case;
  const project = await testProject({ ...given, ...files });
  await project.run('build');
  await generateDocs(project.project, { select: [], exclude: [] });
  const isValid = schemaOf('catalog');
  const value = JSON.parse(project.files.text('target/catalog.json')) as { readonly nodes: object };
  assert.notDeepEqual(value.nodes, {});
  assert.equal(isValid(value), true, JSON.stringify(isValid.errors));
});

test("sources.json is valid by dbt's schema, whatever became of a source", async () => {
  const { files } = read('run/freshness.json') as Case;
  const memory = new MemoryProjectFiles({ ...given, ...files });
  await commandOutput({ files: memory }, ['seed']);
  await commandOutput({ files: memory }, ['source', 'freshness']);
  const isValid = schemaOf('sources');
  const value = JSON.parse(memory.text('target/sources.json')) as {
    readonly metadata: { readonly dbt_schema_version: string };
    readonly results: readonly { readonly status: string }[];
  };
  assert.equal(value.metadata.dbt_schema_version, 'https://schemas.getdbt.com/dbt/sources/v3.json');
  assert.deepEqual([...new Set(value.results.map(({ status }) => status))].sort(), ['error', 'pass', 'warn']);
  assert.equal(isValid(value), true, JSON.stringify(isValid.errors));
  const [first] = value.results;
  assert.equal(isValid({ ...value, results: [{ ...first, status: 'fine' }] }), false);
});

test('what is no artifact is not valid', () => {
  assert.equal(manifest({ metadata: {} }), false);
  assert.equal(runResults({ results: [{ status: 'fine' }] }), false);
});
