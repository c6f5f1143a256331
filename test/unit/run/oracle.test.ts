import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openEngine } from '../engine/testEngine.ts';
import { root } from '../root.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';

interface Case {
  /** What dbt_project.yml has beside its name and profile. */
  readonly project?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A command; before it files may change, and after it queries may look at the tables. */
interface Step {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly rows?: readonly string[];
}

interface Result {
  readonly id: string;
  readonly status: string;
  readonly failures: number | null;
  readonly message: string | null;
  readonly compiled: string | null;
}

/** What dbt answered to one command (test/oracle/run/record.py). */
interface Answer {
  readonly exit: number;
  readonly listed?: readonly string[];
  readonly console?: readonly string[];
  readonly results?: readonly Result[];
  /** For each query its rows. */
  readonly rows?: readonly (readonly (readonly unknown[])[])[];
  readonly nodes?: Readonly<Record<string, Node>>;
}

interface Node extends Readonly<Record<string, unknown>> {
  readonly config: Readonly<Record<string, unknown>>;
}

/** A part of manifest.json. */
type Section = Readonly<Record<string, Node & { readonly depends_on?: { readonly nodes: readonly string[] } }>>;

const folder = path.join(root, 'test/fixtures/run');
const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'));
const output = '{type: duckdb, schema: main, threads: 1}';
const given = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: ${output}\n    prod: ${output}\n`,
};

const told =
  /^(Found |(Batch )?\d+ of \d+ |Finished |Completed |(Failure|Warning) in |( {2})?Got | {2}compiled code at target\/compiled|Done\.)/;

/** The lines that dbt prints too, without times and without the number of macros. */
function consoleOf(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => told.test(line))
    .map((line) => line.replace(/ in \d+\.\d\ds\]$/, ' in N.NNs]').replace(/ in \d+ hours .*/, ' in N seconds.'))
    .map((line) => line.replace(/, \d+ macros(?=,|$)/, ''));
}

/** Compiled code but for white space at its ends. */
const trimmed = (code: string | null): string | null => code?.trim() ?? null;

function resultsOf(files: MemoryProjectFiles): readonly Result[] {
  const text = files.text('target/run_results.json');
  const { results } = JSON.parse(text) as { results: readonly (Result & Record<string, string | null>)[] };
  return results.map(({ unique_id: id, status, failures, message, compiled_code: compiled }) => ({
    id: id ?? '',
    status,
    failures,
    message: status === 'error' ? null : message,
    compiled: trimmed(compiled ?? null),
  }));
}

/** What queries give on the database that a command left. */
async function rowsOf(files: MemoryProjectFiles, queries: readonly string[]): Promise<readonly unknown[]> {
  const engine = await openEngine();
  await engine.open(await files.readBytes('target/warehouse.db'));
  const answers: unknown[] = [];
  for (const query of queries) answers.push((await engine.query(query)).rows);
  await engine.close();
  return answers;
}

/** The manifest's nodes, as far as dbt's answer has them. */
function nodesOf(files: MemoryProjectFiles, like: Readonly<Record<string, Node>>): Readonly<Record<string, object>> {
  const manifest = JSON.parse(files.text('target/manifest.json')) as Readonly<Record<string, Section>>;
  const all = Object.entries({
    ...manifest['nodes'],
    ...manifest['sources'],
    ...manifest['exposures'],
    ...manifest['unit_tests'],
  });
  return Object.fromEntries(
    all.map(([id, node]) => {
      const own = Object.keys(like[id] ?? {}).map((key) => [key, node[key] ?? null] as const);
      const config = Object.keys(like[id]?.config ?? {}).map((key) => [key, node.config[key] ?? null] as const);
      const reads = [...(node.depends_on?.nodes ?? [])].sort();
      return [id, { ...Object.fromEntries(own), depends_on: reads, config: Object.fromEntries(config) }];
    }),
  );
}

for (const file of fs.readdirSync(folder).filter((name) => !name.endsWith('.answers.json'))) {
  const name = path.basename(file, '.json');
  const { project = '', files: texts, steps } = read(name) as Case;
  const { answers } = read(`${name}.answers`) as { readonly answers: readonly Answer[] };
  const files = new MemoryProjectFiles({ ...given, ...texts });
  files.set('dbt_project.yml', given['dbt_project.yml'] + project);

  for (const [i, { args, env, files: changed = {}, rows: queries = [] }] of steps.entries()) {
    test(`${name}: ${args.join(' ')} answers what dbt answers`, async () => {
      const answer = answers[i];
      assert.ok(answer !== undefined);
      if (args[0] !== 'retry') await files.remove('target/run_results.json');
      for (const [changedPath, text] of Object.entries(changed)) files.set(changedPath, text);
      const { code, lines } = await commandOutput({ files, environment: env }, args);
      assert.equal(code, answer.exit);
      if (answer.listed !== undefined) assert.deepEqual(lines, answer.listed);
      if (answer.console !== undefined) assert.deepEqual(consoleOf(lines), answer.console);
      if (answer.results !== undefined && answer.results.length > 0) {
        const results = answer.results.map((one) => ({ ...one, compiled: trimmed(one.compiled) }));
        assert.deepEqual(resultsOf(files), results);
      }
      if (answer.rows !== undefined) assert.deepEqual(await rowsOf(files, queries), answer.rows);
      const found = nodesOf(files, answer.nodes ?? {});
      if (answer.nodes !== undefined) assert.deepEqual(Object.keys(found).sort(), Object.keys(answer.nodes).sort());
      for (const [id, node] of Object.entries(answer.nodes ?? {}))
        assert.deepEqual({ id, ...found[id] }, { id, ...node });
    });
  }
}
