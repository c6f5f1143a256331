// The sample, exported for PostgreSQL, through real dbt on a server of its own, and every row beside the offline rows:
// by dbt-core, and by dbt 2. A model that fails, and one that makes other rows, must be seen.
// usage: node scripts/postgresCheck.mjs     (dist/ must be built)
import path from 'node:path';
import { expect, run, temporaryFolder } from './commands.mjs';
import { dbt2 } from './dbt2.mjs';
import { root } from './install.mjs';
import { startPostgres } from './postgresServer.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, changedModel, endings, exportedFor, loadCommand } from './warehouseSample.mjs';

const folder = temporaryFolder('warehouse');
const { env } = await startPostgres();
const second = dbt2();
const project = builtSample(path.join(folder, 'sample'), { rows: 5000, seed: 7 });
const exported = exportedFor(project, 'postgres', env);
const programs = pythonTools(path.join(exported, 'requirements.txt'));

/** @type {(codes?: readonly number[]) => string} */
const compare = (codes = [0]) => {
  const script = path.join(root, 'test/warehouse/compare_postgres.py');
  const offline = path.join(project, 'target/warehouse.db');
  return run(path.join(programs, 'python'), [script, offline, 'analytics'], { cwd: folder, env, codes });
};

/**
 * @param {string} name
 * @param {string} program
 * @param {Readonly<Record<string, string>>} needed what it needs in its environment beside the server's variables
 */
function check(name, program, needed = {}) {
  const environment = { ...env, ...needed };
  /** @type {(args: readonly string[], codes?: readonly number[]) => string} */
  const dbt = (args, codes = [0]) =>
    run(program, ['--warn-error', ...args, '--profiles-dir', '.'], { cwd: exported, env: environment, codes });

  run('psql', ['--quiet', '--command', 'drop schema if exists analytics cascade'], { cwd: folder, env });
  dbt(['run']);
  dbt(['test']);
  console.log(`${name}: run and test passed ${endings(exported).size} tests without a warning`);
  process.stdout.write(compare());

  // Rows that are a cent away are told apart.
  const model = 'player_top_three_deposits';
  let repaired = changedModel(exported, model, 'as largest_deposit', '+ 0.01 as largest_deposit');
  dbt(['run', '--select', model]);
  expect(compare([1]).includes(`${model}: rows differ`), 'other rows are seen');
  repaired();

  // What fails there is red, and nothing else is.
  repaired = changedModel(exported, model, 'deposit_rank <= 3', 'no_such_column <= 3');
  dbt(['run'], [1]);
  repaired();
  const failed = [...endings(exported)].filter(([, status]) => status !== 'success').map(([id]) => id);
  expect(failed.join() === `model.gaming_analytics.${model}`, `the broken model alone fails: ${failed.join(', ')}`);
  console.log(`${name}: a model that is a cent away and a model that fails are both seen`);
}

run('sh', ['-c', loadCommand(exported)], { cwd: exported, env });
check('dbt-core on PostgreSQL', path.join(programs, 'dbt'));
check('dbt 2 on PostgreSQL', second.program, second.env);
