// The exported DAGs in real Airflow, 2 and 3: imported without an error or a warning, and run end to end against a
// PostgreSQL server of their own, with dbt in an environment of its own. A broken model must make the run fail. In the
// folders of Cloud Composer they run without writing there.
// usage: node scripts/airflowCheck.mjs     (dist/ must be built)
import fs from 'node:fs';
import path from 'node:path';
import { expect, modelyard, run, temporaryFolder } from './commands.mjs';
import { composerEnvironment, contents, makeReadOnly } from './composerEnvironment.mjs';
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
 * Airflow with settings of its own.
 * @param {string} programs folder of its programs
 * @param {string} searched folder that it searches for DAGs
 * @param {Readonly<Record<string, string>>} settings
 */
function airflowWith(programs, searched, settings) {
  const env = {
    ...postgres,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
    AIRFLOW__COSMOS__ENABLE_TELEMETRY: 'False',
    // Airflow looks for its own programs.
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    ...settings,
  };
  /** @type {(args: readonly string[], codes?: readonly number[]) => string} */
  const airflow = (args, codes = [0]) => run(path.join(programs, 'airflow'), args, { cwd: folder, env, codes });
  return {
    airflow,
    /** @type {(codes?: readonly number[]) => string} */
    imported: (codes = [0]) => {
      const script = path.join(root, 'test/warehouse/import_dag.py');
      return run(path.join(programs, 'python'), [script, searched], { cwd: folder, env, codes });
    },
    /** @type {(codes?: readonly number[]) => string} */
    dagRun: (codes = [0]) => {
      sql('drop schema if exists analytics cascade');
      return airflow(['dags', 'test', dagId], codes);
    },
  };
}

/**
 * Writes the DAG in one of its forms.
 * @param {string} tasks
 * @param {readonly string[]} [selection]
 * @returns {readonly string[]} its tasks, as the export tells them
 */
const exportDag = (tasks, selection = []) =>
  modelyard(['export', 'airflow', exported, '--target', 'postgres', '--tasks', tasks, ...selection], { cwd: project })
    .split('\n')
    .filter((line) => !/^(Wrote .*)?$/.test(line));

/** Takes the retries from the DAG, which wait for minutes. */
const withoutRetries = () => changed(dagFile, '"retries": 2', '"retries": 0');

/** @type {(model: string) => boolean} */
const isThere = (model) => sql(`select to_regclass('analytics.${model}') is not null`).trim() === 't';

/**
 * The DAGs of plain operators beside their project.
 * @param {string} name what Airflow's pinned packages are called
 * @param {Readonly<Record<string, string>>} settings where the DAG finds dbt
 */
function check(name, settings) {
  const programs = pythonTools(path.join(root, 'test/warehouse', `${name}.txt`));
  const home = { AIRFLOW_HOME: path.join(folder, name) };
  const { airflow, imported, dagRun } = airflowWith(programs, dags, {
    ...home,
    AIRFLOW__CORE__DAGS_FOLDER: dags,
    ...settings,
  });
  airflow(['db', 'migrate']);
  for (const tasks of ['commands', 'nodes']) {
    exportDag(tasks);
    console.log(`${name}: ${imported().trim().split('\n').at(-1)}`);
    // Nodes run to the end in the folders of Cloud Composer.
    if (tasks === 'commands') {
      dagRun();
      process.stdout.write(compare());
      expect(lastCommand() === 'test', 'dbt test is the last that runs');
    }

    const broken = [
      withoutRetries(),
      changedModel(exported, 'player_top_three_deposits', 'deposit_rank <= 3', 'no_such_column <= 3'),
    ];
    dagRun([1]);
    for (const repair of broken) repair();
    expect(!isThere('player_top_three_deposits'), 'the broken model makes no table');
    expect(isThere('daily_player_transactions'), 'the other models are made');
    if (tasks === 'commands') expect(lastCommand() === 'run', 'nothing is tested after dbt run has failed');
    console.log(`${name}: a broken model makes the run of ${tasks} fail`);
  }

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
 * The DAGs as they are put into the bucket of Cloud Composer: they run, and nothing is written there. The one of
 * astronomer-cosmos has the tasks that the export says.
 * @param {string} name what Airflow's pinned packages are called
 * @param {'dags' | 'data'} place folder of the bucket for the project; with `data` the settings name it, and a folder to write into
 */
function checkComposer(name, place) {
  const programs = pythonTools(path.join(root, 'test/warehouse', `${name}.txt`));
  for (const tasks of ['nodes', 'cosmos']) {
    const environment = composerEnvironment(path.join(folder, `${name}-${tasks}`));
    const placed = path.join(environment[place], 'gaming_analytics');
    const work = path.join(folder, `${name}-${tasks}`, 'work');
    const settings = { AIRFLOW_VAR_DBT_PROJECT_DIR: placed, DBT_PROJECT_DIR: placed, AIRFLOW_VAR_DBT_WORK_DIR: work };
    const { imported, dagRun } = airflowWith(programs, environment.dags, {
      AIRFLOW_HOME: path.join(folder, name),
      ...environment.env,
      // In Airflow 2 `dags test` fails of aliases (https://github.com/apache/airflow/issues/42495); 3 must have them.
      ...(name === 'airflow2' ? { AIRFLOW__COSMOS__ENABLE_DATASET_ALIAS: 'False' } : {}),
      ...(place === 'data' ? settings : {}),
      // dbt is installed beside Airflow.
      PATH: `${programs}:${dbtPrograms}:${process.env['PATH'] ?? ''}`,
    });

    // Once everything, and once without the sources.
    const promised = exportDag(tasks, place === 'dags' && tasks === 'cosmos' ? ['--select', 'path:models/core'] : []);
    const repair = withoutRetries();
    copyProject(placed);
    if (place === 'data') fs.renameSync(path.join(placed, 'airflow_dag'), path.join(environment.dags, 'airflow_dag'));
    repair();
    const bucket = [environment.dags, environment.data];
    makeReadOnly(bucket);
    const before = bucket.map(contents);

    const made = imported().trim().split('\n').at(-1) ?? '';
    console.log(`${name}, Cloud Composer: ${made}`);
    expect(
      made.replace(`${dagId}: `, '').split('; ').sort().join() === [...promised].sort().join(),
      promised.join('\n'),
    );
    dagRun();
    process.stdout.write(compare());
    expect(bucket.map(contents).join() === before.join(), `nothing is written into ${bucket.join(' and ')}`);
    if (place === 'data' && tasks === 'nodes') {
      const results = promised.map((line) =>
        path.join(work, dagId, line.split(' ')[0] ?? '', 'target/run_results.json'),
      );
      expect(
        results.every((file) => fs.existsSync(file)),
        `each task has a folder of its own: ${results.join(', ')}`,
      );
    }
  }
}

/**
 * Copies what is put into the bucket.
 * @param {string} to
 */
function copyProject(to) {
  const left = ['target', 'logs', 'data', 'load'].map((one) => path.join(exported, one));
  fs.cpSync(exported, to, { recursive: true, filter: (from) => !left.includes(from) && !from.endsWith('__pycache__') });
}

// Each finds dbt in another of the ways that the DAG's file names.
check('airflow2', { DBT_EXECUTABLE: dbt });
checkComposer('airflow2', 'dags');
check('airflow3', { AIRFLOW_VAR_DBT_EXECUTABLE: dbt, AIRFLOW_VAR_DBT_PROJECT_DIR: exported });
checkComposer('airflow3', 'data');
