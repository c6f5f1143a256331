// A PostgreSQL server of a check's own: its data in a temporary folder, a free port of 127.0.0.1, a password of its own.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { run } from './commands.mjs';
import { runOrExit } from './install.mjs';

const user = 'modelyard';
const database = 'gaming';

/** Debian keeps the programs of the server away from PATH. */
function findPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((one) => path.join(debian, one, 'bin')), ...(process.env['PATH'] ?? '').split(':')];
  return folders.find((one) => ['initdb', 'pg_ctl'].every((name) => fs.existsSync(path.join(one, name))));
}

function programsOrInstalled() {
  const found = findPrograms();
  if (found !== undefined) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    runOrExit('apt-get', ['update', '-qq']);
    runOrExit('apt-get', ['install', '-y', '-qq', 'postgresql'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = findPrograms();
    if (installed !== undefined) return installed;
  }
  console.error('PostgreSQL is needed: https://www.postgresql.org/download/');
  process.exit(1);
}

/** @returns {Promise<number>} a port of 127.0.0.1 that nothing listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts the server; it ends with this process.
 * @returns {Promise<{ env: Readonly<Record<string, string>> }>} what dbt's profile, psql and libpq read to connect
 */
export async function startPostgres() {
  const programs = programsOrInstalled();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-postgres-'));
  const data = path.join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = path.join(folder, 'password');
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });

  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) runOrExit('chown', ['-R', 'postgres', folder]);
  /** @type {(name: string, args: readonly string[]) => readonly [string, readonly string[]]} */
  const asOwner = (name, args) => {
    const program = path.join(programs, name);
    return isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
  };

  const port = await freePort();
  process.on('exit', () => {
    const [command, args] = asOwner('pg_ctl', ['stop', '--silent', '--mode=immediate', '--pgdata', data]);
    if (fs.existsSync(path.join(data, 'postmaster.pid'))) spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
    fs.rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => process.exit(1));
  }
  const options = { cwd: folder };
  run(
    ...asOwner('initdb', [
      '--pgdata',
      data,
      '--username',
      user,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ]),
    options,
  );
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  const log = path.join(folder, 'log');
  run(...asOwner('pg_ctl', ['start', '--wait', '--pgdata', data, '--log', log, '--options', settings]), options);

  const env = {
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    POSTGRES_DATABASE: database,
    PGHOST: '127.0.0.1',
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    DATABASE_URL: `postgresql://127.0.0.1:${port}/${database}`,
  };
  run('psql', ['--quiet', '--command', `create database ${database}`], {
    cwd: folder,
    env: { ...env, PGDATABASE: 'postgres' },
  });
  return { env };
}
