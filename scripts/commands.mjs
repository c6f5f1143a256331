// How checks run programs: with what they print kept, and shown when one does not end as it should.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './install.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {Readonly<Record<string, string>>} [env] variables beside those of this process
 * @property {readonly number[]} [codes] exit codes that are as they should be; 0 alone unless given
 */

/**
 * Runs a command and gives back what it printed. Another exit code than those given ends this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export function run(command, args, { cwd, env = {}, codes = [0] }) {
  const variables = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', ...env };
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: variables,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== null && codes.includes(status)) return stdout;
  console.error(
    `${path.basename(command)} ${args.join(' ')} ended with ${status ?? error?.message}\n${stdout}\n${stderr}`,
  );
  process.exit(1);
}

/**
 * Modelyard's command line, as it was built last.
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export const modelyard = (args, options) => run(process.execPath, [path.join(root, 'dist/cli.js'), ...args], options);

/**
 * A folder that is removed when this process ends.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `modelyard-${name}-`));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * Ends this process when something is not as it should be.
 * @param {boolean} holds
 * @param {string} what
 */
export function expect(holds, what) {
  if (holds) return;
  console.error(`it should be so that ${what}`);
  process.exit(1);
}
