// dbt 2, which is one program without Python, and the drivers of DuckDB and PostgreSQL. It fetches drivers from a host of
// its own, but not those that are where it looks first: there ours are put, of the same makers, as their packages have
// them. The version is the last whose package has the program in it; those behind it fetch that too.
// usage: node scripts/dbt2.mjs     (prints the program's path)
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runOrExit } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';

const packages = path.join(root, 'test/dbt2');

/** Where dbt 2.0.0a4 looks for PostgreSQL's driver in the folder for caches, and under which name. */
const postgresDriver = 'com.getdbt/adbc/x86_64-manylinux_2_17-linux-gnu/libadbc_driver_postgresql-0.21.0+dbt0.21.0.so';

/**
 * Makes the environment, or finds it as it was made before.
 * @returns {{ program: string, env: Readonly<Record<string, string>> }} `env` is needed for PostgreSQL, which dbt 2 has
 *   on trial only
 */
export function dbt2() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error('The drivers are put in place for dbt 2 on Linux with x86-64 only.');
    process.exit(1);
  }
  const programs = pythonTools(path.join(packages, 'requirements.txt'));
  const environment = path.dirname(programs);
  const caches = path.join(environment, 'caches');
  const duckdb = path.join(environment, 'lib', 'libduckdb.so');
  if (!fs.existsSync(duckdb)) {
    const [python = ''] = fs.readdirSync(path.join(environment, 'lib')).filter((name) => name.startsWith('python3.'));
    const adbc = path.join(environment, 'lib', python, 'site-packages/adbc_driver_postgresql');
    put(path.join(adbc, 'libadbc_driver_postgresql.so'), path.join(caches, postgresDriver));
    const node = path.join(environment, 'node');
    fs.mkdirSync(node, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      fs.copyFileSync(path.join(packages, file), path.join(node, file));
    runOrExit('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: node });
    put(path.join(node, 'node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so'), duckdb);
  }
  return {
    program: path.join(programs, 'dbt'),
    env: { XDG_CACHE_HOME: caches, DBT_ALLOW_EXPERIMENTAL_ADAPTERS: 'true' },
  };
}

/**
 * @param {string} from
 * @param {string} to there is no half of a file under this name, whatever happens
 */
function put(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, `${to}.part`);
  fs.renameSync(`${to}.part`, to);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(dbt2().program);
