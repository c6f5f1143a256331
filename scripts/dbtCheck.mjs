// Builds the sample project with real dbt on DuckDB and with Modelyard, and compares nodes, verdicts and every row:
// the raw sample, where tests fail, and generated data, where all pass without a warning.
// usage: node scripts/dbtCheck.mjs     (dist/ must be built)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';

const programs = pythonTools(path.join(root, 'test/dbt/requirements.txt'));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-dbt-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {readonly number[]} codes exit codes that are as they should be
 */
function run(command, args, cwd, codes = [0]) {
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== null && codes.includes(status)) return stdout;
  console.error(`${path.basename(command)} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  process.exit(1);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {readonly number[]} [codes]
 */
const modelyard = (args, cwd, codes) => run(process.execPath, [path.join(root, 'dist/cli.js'), ...args], cwd, codes);
/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {readonly number[]} [codes]
 */
const dbt = (args, cwd, codes) => run(path.join(programs, 'dbt'), args, cwd, codes);

/**
 * @param {string} name
 * @param {(project: string) => void} prepare
 * @param {{ command: readonly string[], flags: readonly string[], code: number }} expected
 */
function check(name, prepare, { command, flags, code }) {
  console.log(`${name}: ${command.join(' ')}`);
  const ours = path.join(folder, name, 'modelyard');
  const theirs = path.join(folder, name, 'dbt');
  modelyard(['create', ours], folder);
  prepare(path.join(ours, 'dbt_project'));
  fs.cpSync(ours, theirs, { recursive: true });
  modelyard(command, path.join(ours, 'dbt_project'), [code]);
  dbt([...flags, ...command], path.join(theirs, 'dbt_project'), [code]);
  const compare = path.join(root, 'test/dbt/compare.py');
  const projects = [theirs, ours].map((one) => path.join(one, 'dbt_project'));
  process.stdout.write(run(path.join(programs, 'python'), [compare, ...projects], folder));
}

/**
 * @param {number} rows
 * @param {number} seed
 * @returns {(project: string) => void}
 */
const generate = (rows, seed) => (project) => {
  modelyard(['generate', '--rows', String(rows), '--seed', String(seed)], project);
};
check('raw', () => {}, { command: ['run'], flags: ['--warn-error'], code: 0 });
check('failing', () => {}, { command: ['build'], flags: [], code: 1 });
check('generated', generate(5000, 7), { command: ['build'], flags: ['--warn-error'], code: 0 });
