// Child processes that end together with everything they started.
import { spawn, spawnSync } from 'node:child_process';

/**
 * @typedef {object} RunningProcess
 * @property {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable,
 *   import('node:stream').Readable>} child
 * @property {() => string} output what it printed so far, standard error included
 * @property {Promise<string>} ended settles with its exit code or signal, or why it could not start; never rejects
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {RunningProcess}
 */
export function startProcess(command, args, env) {
  // A process group of its own, so that one signal reaches its children; Windows has taskkill /T for that.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(String(signal ?? code)));
  });
  // A test file that fails before it reaches its clean-up still leaves nothing behind.
  const killOnExit = () => signalTree(child.pid, 'SIGKILL');
  process.once('exit', killOnExit);
  void ended.then(() => process.off('exit', killOnExit));
  return { child, output: () => output, ended };
}

/**
 * Asks the process and its children to end, and after five seconds makes them.
 * @param {RunningProcess} running
 * @returns {Promise<void>} once it has ended
 */
export async function endProcess(running) {
  signalTree(running.child.pid, 'SIGTERM');
  const patience = setTimeout(() => signalTree(running.child.pid, 'SIGKILL'), 5000);
  await running.ended;
  clearTimeout(patience);
  signalTree(running.child.pid, 'SIGKILL');
}

/**
 * @param {number | undefined} pid undefined when the process never started
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
function signalTree(pid, signal) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

/**
 * Ends this process on Ctrl+C, on a polite kill and when its terminal closes. What is registered for its exit still
 * happens then, unlike with the default of these signals.
 * @param {() => Promise<void>} [stop] what to wait for first
 */
export function exitOnSignals(stop = () => Promise.resolve()) {
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])) {
    process.once(signal, () => void stop().finally(() => process.exit(128 + number)));
  }
}
