// The exported DAGs in real Airflow, 2 and 3: imported without an error or a warning, and run end to end against a
// PostgreSQL server of their own, with dbt in an environment of its own. A broken model must make the run fail.
// usage: node scripts/airflowCheck.mjs     (dist/ must be built)
import fs from 'node:fs';
import path from 'node:path';
import { expect, modelyard, run, temporaryFolder } from './commands.mjs';
import { root } from './install.mjs';
import { startPostgres } from './postgresServer.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, changed, changedModel, exportedFor, loadCommand } from './warehouseSample.mjs';

const dagId = 'gaming_analytics_dbt';
const folder = temporaryFolder('airflow');
const { env: postgres } = await startPostgres();
const project = builtSample(path.join(folder, 'sample'), { rows: 1000, seed: 7 });
const exported = exportedFor(project, 'postgres', postgres);
const dags = path.join(exported, 'airflow_dag');
const dagFile = path.join(dags, 'dbt_dag.py');
const dbtPrograms = pythonTools(path.join(exported, 'requirements.txt'));
const dbt = path.join(dbtPrograms, 'dbt');
run('sh', ['-c', loadCommand(exported)], { cwd: exported, env: postgres });

/** @type {(statement: string) => string} */
const sql = (statement) =>
  run('psql', ['--quiet', '--tuples-only', '--no-align', '--command', statement], { cwd: folder, env: postgres });

/** @type {(codes?: readonly number[]) => string} */
const compare = (codes = [0]) => {
  const script = path.join(root, 'test/warehouse/compare_postgres.py');
  const offline = path.join(project, 'target/warehouse.db');
  return run(path.join(dbtPrograms, 'python'), [script, offline, 'analytics'], { cwd: folder, env: postgres, codes });
};

/** @type {() => string} the dbt command that ran last */
const lastCommand = () =>
  JSON.parse(fs.readFileSync(path.join(exported, 'target/run_results.json'), 'utf8')).args.which;

/**
 * @param {string} name what Airflow's pinned packages are called
 * @param {Readonly<Record<string, string>>} settings where the DAG finds dbt
 */
function check(name, settings) {
  const programs = pythonTools(path.join(root, 'test/warehouse', `${name}.txt`));
  const env = {
    ...postgres,
    ...settings,
    AIRFLOW_HOME: path.join(folder, name),
    AIRFLOW__CORE__DAGS_FOLDER: dags,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
    // Airflow looks for its own programs.
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
  };
  /** @type {(args: readonly string[], codes?: readonly number[]) => string} */
  const airflow = (args, codes = [0]) => run(path.join(programs, 'airflow'), args, { cwd: folder, env, codes });
  /** @type {(codes?: readonly number[]) => string} */
  const imported = (codes = [0]) => {
    const script = path.join(root, 'test/warehouse/import_dag.py');
    return run(path.join(programs, 'python'), [script, dags], { cwd: folder, env, codes });
  };
  /** @type {(codes?: readonly number[]) => string} */
  const dagRun = (codes = [0]) => {
    sql('drop schema if exists analytics cascade');
    return airflow(['dags', 'test', dagId], codes);
  };
  /** @type {(model: string) => boolean} */
  const isThere = (model) => sql(`select to_regclass('analytics.${model}') is not null`).trim() === 't';

  airflow(['db', 'migrate']);
  for (const tasks of ['commands', 'nodes']) {
    modelyard(['export', 'airflow', exported, '--target', 'postgres', '--tasks', tasks], { cwd: project, env });
    console.log(`${name}: ${imported().trim().split('\n').at(-1)}`);
    dagRun();
    process.stdout.write(compare());
    if (tasks === 'commands') expect(lastCommand() === 'test', 'dbt test is the last that runs');

    // Without the retries, which wait for minutes.
    const broken = [
      changed(dagFile, '"retries": 2', '"retries": 0'),
      changedModel(exported, 'player_top_three_deposits', 'deposit_rank <= 3', 'no_such_column <= 3'),
    ];
    dagRun([1]);
    for (const repair of broken) repair();
    expect(!isThere('player_top_three_deposits'), 'the broken model makes no table');
    expect(isThere('daily_player_transactions'), 'the other models are made');
    if (tasks === 'commands') expect(lastCommand() === 'run', 'nothing is tested after dbt run has failed');
    console.log(`${name}: a broken model makes the run of ${tasks} fail`);
  }

  if (name === 'airflow3') checkCosmos({ dagRun, imported, env });

  // What is not as it should be in the file itself is seen.
  for (const [fault, word] of /** @type {const} */ ([
    ['import warnings; warnings.warn("old")', 'UserWarning: old'],
    ['import no_such_module', 'ModuleNotFoundError'],
  ])) {
    const repair = changed(dagFile, 'import os\n', `import os\n${fault}\n`);
    expect(imported([1]).includes(word), `the import shows ${word}`);
    repair();
  }
}

/**
 * The DAG of astronomer-cosmos has the tasks that the export says, and runs.
 * @param {{ dagRun: () => string, imported: () => string, env: Readonly<Record<string, string>> }} airflow with the packages of cosmos
 */
function checkCosmos({ dagRun, imported, env }) {
  const args = ['export', 'airflow', exported, '--target', 'postgres', '--tasks', 'cosmos'];
  const promised = modelyard(args, { cwd: project, env })
    .split('\n')
    .filter((line) => !/^(Wrote .*)?$/.test(line));
  const made = imported().trim().split('\n').at(-1) ?? '';
  console.log(`cosmos: ${made}`);
  expect(made.replace(`${dagId}: `, '').split('; ').sort().join() === promised.sort().join(), promised.join('\n'));
  // Without the retries, which wait for minutes.
  const repair = changed(dagFile, '"retries": 2', '"retries": 0');
  dagRun();
  repair();
  process.stdout.write(compare());
}

// Each finds dbt in another of the ways that the DAG's file names.
check('airflow2', { DBT_EXECUTABLE: dbt });
check('airflow3', {
  AIRFLOW_VAR_DBT_EXECUTABLE: dbt,
  AIRFLOW_VAR_DBT_PROJECT_DIR: exported,
  // Cosmos reads the environment.
  DBT_EXECUTABLE: dbt,
  AIRFLOW__COSMOS__ENABLE_TELEMETRY: 'False',
});
