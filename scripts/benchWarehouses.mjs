// The sample with generated data, ready to be built by Modelyard, and by dbt-core and dbt 2 on DuckDB and on a PostgreSQL
// server.
import fs from 'node:fs';
import path from 'node:path';
import { run, temporaryFolder } from './commands.mjs';
import { dbt2 } from './dbt2.mjs';
import { startPostgres } from './postgresServer.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, exportedFor, loadCommand } from './warehouseSample.mjs';

/**
 * @typedef {object} BenchWarehouse
 * @property {string} title
 * @property {string} program dbt-core of a virtual environment with the warehouse's adapter, or dbt 2
 * @property {string} folder the exported project, its data loaded
 * @property {Readonly<Record<string, string>>} env
 */

/**
 * @returns {Promise<{ project: string, warehouses: readonly BenchWarehouse[] }>} the sample's folder, and the
 *   warehouses, which last as long as this process
 */
export async function benchWarehouses() {
  const folder = temporaryFolder('results');
  const project = builtSample(path.join(folder, 'sample'), { rows: 5000, seed: 7 });
  const { env } = await startPostgres();
  const second = dbt2();
  /** @type {(title: string, adapter: string, env: Readonly<Record<string, string>>) => readonly BenchWarehouse[]} */
  const both = (title, adapter, env) => {
    const exported = exportedFor(project, adapter, env);
    const programs = pythonTools(path.join(exported, 'requirements.txt'));
    // Each has a folder, and with it artifacts and a database, of its own.
    const other = `${exported}-dbt2`;
    fs.cpSync(exported, other, { recursive: true });
    return [
      { title: `dbt-core on ${title}`, program: path.join(programs, 'dbt'), folder: exported, env },
      { title: `dbt 2 on ${title}`, program: second.program, folder: other, env: { ...env, ...second.env } },
    ];
  };
  const postgres = both('PostgreSQL', 'postgres', env);
  const { folder: exported } = /** @type {BenchWarehouse} */ (postgres[0]);
  run('sh', ['-c', loadCommand(exported)], { cwd: exported, env });
  return { project, warehouses: [...both('DuckDB', 'duckdb', {}), ...postgres] };
}
