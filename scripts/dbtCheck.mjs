// Builds the sample project with real dbt on DuckDB, dbt-core and dbt 2, and with Modelyard, and compares nodes, verdicts
// and every row: the raw sample, where tests fail, and generated data, where all pass without a warning.
// usage: node scripts/dbtCheck.mjs     (dist/ must be built)
import fs from 'node:fs';
import path from 'node:path';
import { modelyard, run, temporaryFolder } from './commands.mjs';
import { dbt2 } from './dbt2.mjs';
import { root } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';

const programs = pythonTools(path.join(root, 'test/dbt/requirements.txt'));
const dbts = { 'dbt-core': path.join(programs, 'dbt'), 'dbt 2': dbt2().program };
const folder = temporaryFolder('dbt');

/**
 * @param {string} name
 * @param {(project: string) => void} prepare
 * @param {{ command: readonly string[], flags: readonly string[], code: number }} expected
 */
function check(name, prepare, { command, flags, code }) {
  const ours = path.join(folder, name, 'modelyard');
  modelyard(['create', ours], { cwd: folder });
  prepare(path.join(ours, 'dbt_project'));
  for (const dbt of Object.keys(dbts)) fs.cpSync(ours, path.join(folder, name, dbt), { recursive: true });
  modelyard(command, { cwd: path.join(ours, 'dbt_project'), codes: [code] });
  const compare = path.join(root, 'test/warehouse/compare_duckdb.py');
  for (const [dbt, program] of Object.entries(dbts)) {
    console.log(`${name}: ${dbt} ${command.join(' ')}`);
    const theirs = path.join(folder, name, dbt);
    run(program, [...flags, ...command], { cwd: path.join(theirs, 'dbt_project'), codes: [code] });
    const projects = [theirs, ours].map((one) => path.join(one, 'dbt_project'));
    process.stdout.write(run(path.join(programs, 'python'), [compare, ...projects], { cwd: folder }));
  }
}

/**
 * @param {number} rows
 * @param {number} seed
 * @returns {(project: string) => void}
 */
const generate = (rows, seed) => (project) => {
  modelyard(['generate', '--rows', String(rows), '--seed', String(seed)], { cwd: project });
};
check('raw', () => {}, { command: ['run'], flags: ['--warn-error'], code: 0 });
check('failing', () => {}, { command: ['build'], flags: [], code: 1 });
check('generated', generate(5000, 7), { command: ['build'], flags: ['--warn-error'], code: 0 });
