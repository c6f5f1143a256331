// The sample with generated data, ready to be built by Modelyard, by dbt on DuckDB and by dbt on a PostgreSQL server.
import path from 'node:path';
import { run, temporaryFolder } from './commands.mjs';
import { startPostgres } from './postgresServer.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, exportedFor, loadCommand } from './warehouseSample.mjs';

/**
 * @typedef {object} BenchWarehouse
 * @property {string} title
 * @property {string} program dbt of a virtual environment with the warehouse's adapter
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
  /** @type {(title: string, adapter: string, env: Readonly<Record<string, string>>) => BenchWarehouse} */
  const warehouse = (title, adapter, env) => {
    const exported = exportedFor(project, adapter, env);
    const programs = pythonTools(path.join(exported, 'requirements.txt'));
    return { title, program: path.join(programs, 'dbt'), folder: exported, env };
  };
  const postgres = warehouse('dbt-core on PostgreSQL', 'postgres', env);
  run('sh', ['-c', loadCommand(postgres.folder)], { cwd: postgres.folder, env });
  return { project, warehouses: [warehouse('dbt-core on DuckDB', 'duckdb', {}), postgres] };
}
