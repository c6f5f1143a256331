// Python tools that checks need, each set in a virtual environment of its own outside the tree.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runOrExit } from './install.mjs';

/**
 * Makes the environment that a requirements file describes, or finds it as it was made before.
 * @param {string} requirements path of a file with pinned versions
 * @returns {string} folder of the environment's programs
 */
export function pythonTools(requirements) {
  const text = fs.readFileSync(requirements, 'utf8');
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const folder = path.join(cache, 'modelyard', `python-${name}`);
  const programs = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const ready = path.join(folder, '.ready');
  if (fs.existsSync(ready)) return programs;
  fs.rmSync(folder, { recursive: true, force: true });
  makeEnvironment(folder);
  runOrExit(path.join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  fs.writeFileSync(ready, '');
  return programs;
}

/** @param {string} folder */
function makeEnvironment(folder) {
  const make = () => spawnSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  if (make().status === 0) return;
  // Debian ships venv in a package of its own.
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    runOrExit('apt-get', ['update', '-qq']);
    runOrExit('apt-get', ['install', '-y', '-qq', 'python3', 'python3-venv']);
    if (make().status === 0) return;
  }
  console.error('Python 3 with venv is needed: https://docs.python.org/3/library/venv.html');
  process.exit(1);
}
