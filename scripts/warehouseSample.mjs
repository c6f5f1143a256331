// The sample project with generated data, built offline, and exported for a warehouse.
import fs from 'node:fs';
import path from 'node:path';
import { modelyard } from './commands.mjs';

/**
 * The sample project as it is created.
 * @param {string} folder
 * @returns {string} folder of the dbt project
 */
export function sample(folder) {
  modelyard(['create', folder], { cwd: path.dirname(folder) });
  return path.join(folder, 'dbt_project');
}

/**
 * The sample project with data of its own, as Modelyard builds it.
 * @param {string} folder
 * @param {{ rows: number, seed: number, tables?: Readonly<Record<string, number>> }} size rows of each table, and of
 *   those that have another number
 * @param {'build' | 'run'} [command] `run` tests neither the data nor the models
 * @returns {string} folder of the dbt project; target/warehouse.db holds what the models made
 */
export function builtSample(folder, { rows, seed, tables = {} }, command = 'build') {
  const project = sample(folder);
  const others = Object.entries(tables).flatMap(([name, count]) => ['--table', `${name}=${count}`]);
  const untested = command === 'run' ? ['--no-tests'] : [];
  modelyard(['generate', '--rows', String(rows), '--seed', String(seed), ...others, ...untested], { cwd: project });
  modelyard([command], { cwd: project });
  return project;
}

/**
 * @param {string} project
 * @param {string} warehouse
 * @param {Readonly<Record<string, string>>} env what profiles.yml asks for
 * @returns {string} the exported folder
 */
export function exportedFor(project, warehouse, env) {
  const folder = path.join(path.dirname(project), warehouse);
  modelyard(['export', '--target', warehouse, folder], { cwd: project, env });
  return folder;
}

/**
 * The command that loads the data, as README.md of an exported folder gives it.
 * @param {string} exported
 */
export function loadCommand(exported) {
  const readme = fs.readFileSync(path.join(exported, 'README.md'), 'utf8');
  const call = /^3\. Load the data: `(.+)`/m.exec(readme)?.[1];
  if (call === undefined) throw new Error(`README.md does not say how the data is loaded:\n${readme}`);
  return call;
}

/**
 * Changes a file, and gives back what puts it right again.
 * @param {string} file
 * @param {string} part what is in it
 * @param {string} other what takes its place
 */
export function changed(file, part, other) {
  const text = fs.readFileSync(file, 'utf8');
  if (!text.includes(part)) throw new Error(`${file} has no ${part}`);
  fs.writeFileSync(file, text.replace(part, other));
  return () => fs.writeFileSync(file, text);
}

/**
 * Changes one model of a folder, likewise.
 * @param {string} exported
 * @param {string} name
 * @param {string} part
 * @param {string} other
 */
export const changedModel = (exported, name, part, other) =>
  changed(path.join(exported, 'models/core', `${name}.sql`), part, other);

/**
 * How each node of dbt's last command ended, by its id.
 * @param {string} exported
 * @returns {ReadonlyMap<string, string>}
 */
export function endings(exported) {
  const text = fs.readFileSync(path.join(exported, 'target/run_results.json'), 'utf8');
  /** @type {{ results: { unique_id: string, status: string }[] }} */
  const { results } = JSON.parse(text);
  return new Map(results.map((one) => [one.unique_id, one.status]));
}
