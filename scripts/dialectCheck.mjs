// The sample, exported for warehouses that no server is to be had of, parsed and compiled by dbt-core with their own
// adapters and by dbt 2, and each compiled file read by sqlglot's parser of that dialect.
// usage: node scripts/dialectCheck.mjs     (dist/ must be built)
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, run, temporaryFolder } from './commands.mjs';
import { dbt2 } from './dbt2.mjs';
import { root } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';
import { changedModel, exportedFor, sample } from './warehouseSample.mjs';

const folder = temporaryFolder('dialects');
const project = sample(path.join(folder, 'sample'));
const second = dbt2();
const parser = path.join(pythonTools(path.join(root, 'test/warehouse/sqlglot.txt')), 'python');

/** BigQuery's client reads its key before it connects: one that opens nothing. */
function keyfile() {
  const file = path.join(folder, 'key.json');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    type: 'service_account',
    project_id: 'nowhere',
    private_key_id: '0',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'nobody@nowhere.invalid',
    client_id: '0',
    token_uri: 'http://127.0.0.1:9/token',
  };
  fs.writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  return file;
}

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
const environments = {
  snowflake: { SNOWFLAKE_ACCOUNT: 'nowhere', SNOWFLAKE_USER: 'nobody', SNOWFLAKE_PASSWORD: 'none' },
  bigquery: { BIGQUERY_PROJECT: 'nowhere', BIGQUERY_KEYFILE: keyfile() },
  redshift: {
    REDSHIFT_HOST: '127.0.0.1',
    REDSHIFT_USER: 'nobody',
    REDSHIFT_PASSWORD: 'none',
    REDSHIFT_DATABASE: 'nowhere',
  },
};

/**
 * @param {string} dialect
 * @param {string} exported
 * @param {readonly number[]} codes
 */
const parsed = (dialect, exported, codes) => {
  const script = path.join(root, 'test/warehouse/parse.py');
  return run(parser, [script, dialect, path.join(exported, 'target/compiled')], { cwd: folder, codes });
};

/**
 * @param {string} name
 * @param {{ exported: string, program: string, env: Readonly<Record<string, string>>, dialect: string, offline: readonly string[] }} tools
 *   `offline`: options with which nothing is asked of the warehouse, neither what tables it has, nor what a query of a
 *   macro would answer
 */
function check(name, { exported, program, env, dialect, offline }) {
  /** @type {(args: readonly string[]) => string} */
  const dbt = (args) => run(program, ['--warn-error', ...args, '--profiles-dir', '.'], { cwd: exported, env });
  fs.rmSync(path.join(exported, 'target'), { recursive: true, force: true });
  const compile = ['compile', ...offline];
  dbt(['parse']);
  dbt(compile);
  console.log(`${name}: parse and compile without a warning; ${parsed(dialect, exported, [0]).trim()}`);

  const repaired = changedModel(
    exported,
    'player_top_three_deposits',
    'where deposit_rank',
    'where where deposit_rank',
  );
  dbt([...compile, '--select', 'player_top_three_deposits']);
  expect(parsed(dialect, exported, [1]).includes('player_top_three_deposits.sql: '), 'what is not SQL is named');
  repaired();
}

for (const [warehouse, env] of Object.entries(environments)) {
  const exported = exportedFor(project, warehouse, env);
  const programs = pythonTools(path.join(exported, 'requirements.txt'));
  check(`dbt-core for ${warehouse}`, {
    exported,
    program: path.join(programs, 'dbt'),
    env,
    dialect: warehouse,
    offline: ['--no-populate-cache', '--no-introspect'],
  });
  check(`dbt 2 for ${warehouse}`, {
    exported,
    program: second.program,
    env: { ...env, ...second.env },
    dialect: warehouse,
    // dbt 2 has neither option, and would check the SQL with the warehouse's own answers.
    offline: ['--static-analysis', 'off'],
  });
}
console.log('a compiled model that is not SQL is seen in each dialect');
