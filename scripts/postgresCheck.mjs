// The sample, exported for PostgreSQL, through real dbt on a server of its own, and every row beside the offline rows.
// A model that fails, and one that makes other rows, must be seen.
// usage: node scripts/postgresCheck.mjs     (dist/ must be built)
import path from 'node:path';
import { expect, run, temporaryFolder } from './commands.mjs';
import { root } from './install.mjs';
import { startPostgres } from './postgresServer.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, changedModel, endings, exportedFor, loadCommand } from './warehouseSample.mjs';

const folder = temporaryFolder('warehouse');
const { env } = await startPostgres();
const project = builtSample(path.join(folder, 'sample'), { rows: 5000, seed: 7 });
const exported = exportedFor(project, 'postgres', env);
const programs = pythonTools(path.join(exported, 'requirements.txt'));

/** @type {(args: readonly string[], codes?: readonly number[]) => string} */
const dbt = (args, codes = [0]) =>
  run(path.join(programs, 'dbt'), ['--warn-error', ...args, '--profiles-dir', '.'], { cwd: exported, env, codes });
/** @type {(codes?: readonly number[]) => string} */
const compare = (codes = [0]) => {
  const script = path.join(root, 'test/warehouse/compare_postgres.py');
  const offline = path.join(project, 'target/warehouse.db');
  return run(path.join(programs, 'python'), [script, offline, 'analytics'], { cwd: folder, env, codes });
};

run('sh', ['-c', loadCommand(exported)], { cwd: exported, env });
dbt(['run']);
dbt(['test']);
console.log(`PostgreSQL: dbt run and dbt test passed ${endings(exported).size} tests without a warning`);
process.stdout.write(compare());

// Rows that are a cent away are told apart.
const name = 'player_top_three_deposits';
const model = `model.gaming_analytics.${name}`;
let repaired = changedModel(exported, name, 'as largest_deposit', '+ 0.01 as largest_deposit');
dbt(['run', '--select', name]);
expect(compare([1]).includes(`${name}: rows differ`), 'other rows are seen');
repaired();

// What fails there is red, and nothing else is.
repaired = changedModel(exported, name, 'deposit_rank <= 3', 'no_such_column <= 3');
dbt(['run'], [1]);
repaired();
const failed = [...endings(exported)].filter(([, status]) => status !== 'success').map(([id]) => id);
expect(failed.join() === model, `the broken model alone fails, and not ${failed.join(', ') || 'none'}`);
console.log('PostgreSQL: a model that is a cent away and a model that fails are both seen');
