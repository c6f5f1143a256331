// The sample, exported for Spark, through real dbt in a session of PySpark on a local cluster of two executors: every row
// beside the offline rows, and with many more transactions their counts, sums and hashes.
// usage: node scripts/sparkCheck.mjs     (dist/ must be built)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, run, temporaryFolder } from './commands.mjs';
import { root, runOrExit } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';
import { builtSample, endings, exportedFor, loadCommand } from './warehouseSample.mjs';

const transactions = 5_000_000;

if (spawnSync('java', ['-version']).status !== 0) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('Java is needed by Spark: https://adoptium.net');
    process.exit(1);
  }
  runOrExit('apt-get', ['update', '-qq']);
  runOrExit('apt-get', ['install', '-y', '-qq', 'default-jre-headless']);
}

const folder = temporaryFolder('spark');

/**
 * Loads, runs and compares a sample in a cluster with databases of its own.
 * @param {string} name
 * @param {Parameters<typeof builtSample>[1]} size
 * @param {'build' | 'run'} command
 */
function loaded(name, size, command) {
  const project = builtSample(path.join(folder, name), size, command);
  const exported = exportedFor(project, 'spark', {});
  const programs = pythonTools(path.join(exported, 'requirements.txt'));
  const cluster = path.join(folder, `${name}-cluster`);
  fs.mkdirSync(cluster);
  const settings = {
    'spark.master': 'local-cluster[2,1,1024]',
    'spark.sql.warehouse.dir': path.join(cluster, 'warehouse'),
    'spark.driver.extraJavaOptions': `-Dderby.system.home=${path.join(cluster, 'metastore')}`,
    'spark.sql.shuffle.partitions': '4',
    'spark.ui.enabled': 'false',
    // Nothing starts before both executors are there.
    'spark.scheduler.minRegisteredResourcesRatio': '1.0',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`);
  fs.writeFileSync(path.join(cluster, 'spark-defaults.conf'), lines.join(''));
  const env = {
    SPARK_CONF_DIR: cluster,
    SPARK_LOCAL_DIRS: path.join(cluster, 'scratch'),
    SPARK_WORKER_DIR: path.join(cluster, 'work'),
    SPARK_LOCAL_IP: '127.0.0.1',
    SPARK_LOCAL_HOSTNAME: '127.0.0.1',
    // Days are days in UTC, even where the clock says otherwise.
    TZ: 'America/Los_Angeles',
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
  };
  /** @type {(how: 'rows' | 'sums', offline?: string, codes?: readonly number[]) => string} */
  const compare = (how, offline = path.join(project, 'target/warehouse.db'), codes = [0]) => {
    const script = path.join(root, 'test/warehouse/compare_spark.py');
    return run('python', [script, how, offline, 'analytics'], { cwd: cluster, env, codes });
  };
  run('sh', ['-c', loadCommand(exported)], { cwd: exported, env });
  const dbt = () => void run('dbt', ['--warn-error', command, '--profiles-dir', '.'], { cwd: exported, env });
  return { project, exported, dbt, compare };
}

const small = loaded('small', { rows: 5000, seed: 7 }, 'build');
small.dbt();
console.log(`Spark: dbt build made ${endings(small.exported).size} models and tests without a warning`);
process.stdout.write(small.compare('rows'));

// What is a cent away is told apart, by its sums too.
const other = path.join(folder, 'other.db');
fs.copyFileSync(path.join(small.project, 'target/warehouse.db'), other);
const python = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    database.execute("update player_top_three_deposits set largest_deposit = round(largest_deposit + 0.01, 2) where rowid = 1")
`;
run('python3', ['-c', python, other], { cwd: folder });
const found = small.compare('sums', other, [1]);
expect(found.includes('player_top_three_deposits: largest_deposit is '), 'a cent is seen');
console.log('Spark: a sum that is a cent away is seen');

const large = loaded('large', { rows: 20_000, seed: 7, tables: { transactions } }, 'run');
const began = performance.now();
large.dbt();
console.log(`Spark: dbt run over ${transactions.toLocaleString('en')} transactions in ${seconds(began)}`);
process.stdout.write(large.compare('sums'));

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(0)} s`;
}
