// Starts and ends a VS Code server with an extension installed, on 127.0.0.1 alone.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../install.mjs';
import { endProcess, startProcess } from './processes.mjs';
import { prepareServer } from './prepareServer.mjs';

/** User settings of an editor that shows the extension and nothing else, and asks nothing of the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * @typedef {object} VSCodeServer
 * @property {string} origin address without a path, as `http://127.0.0.1:41234`
 * @property {(folder?: string, payload?: readonly (readonly [string, string])[]) => string} address of the editor on
 *   a folder of the disk or on none; `payload` is what the workbench is told, as the folder of an extension under
 *   development
 * @property {(file: string) => string} uri of a file of the disk as the workbench names it
 * @property {() => string} log what the server printed so far
 * @property {() => Promise<void>} stop ends the server with all of its processes and removes its data
 */

/**
 * @param {object} options
 * @param {string} [options.vsix] the extension to install
 * @param {Readonly<Record<string, unknown>>} [options.settings] user settings beside the quiet ones
 * @param {boolean} [options.isTested] has VS Code answer its own dialogs with "no", since nobody is there to do it
 * @returns {Promise<VSCodeServer>}
 */
export async function startServer({ vsix, settings = {}, isTested = false }) {
  const script = await prepareServer();
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-vscode-'));
  const removeData = () => fs.rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  fs.mkdirSync(path.join(data, 'data/User'), { recursive: true });
  fs.writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const watch = path.join(root, 'scripts/vscode/endWithParent.cjs');
  const base = ['--require', watch, script, '--accept-server-license-terms', '--server-data-dir', data];
  const env = serverEnvironment();
  try {
    if (vsix !== undefined) {
      await promisify(execFile)(process.execPath, [...base, '--install-extension', vsix], { env });
    }
    const listen = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off'];
    const driver = isTested ? ['--enable-smoke-test-driver'] : [];
    const server = startProcess(process.execPath, [...base, ...listen, ...driver], env);
    process.once('exit', removeData);
    const authority = `127.0.0.1:${await listeningPort(server)}`;
    return {
      origin: `http://${authority}`,
      address: (folder, payload) => {
        const query = new URLSearchParams(folder === undefined ? { ew: 'true' } : { folder: uriPath(folder) });
        if (payload !== undefined) query.set('payload', JSON.stringify(payload));
        return `http://${authority}/?${query}`;
      },
      uri: (file) => `vscode-remote://${authority}${uriPath(file)}`,
      log: () => server.output(),
      stop: async () => {
        await endProcess(server);
        process.off('exit', removeData);
        removeData();
      },
    };
  } catch (error) {
    removeData();
    throw error;
  }
}

/**
 * The caller may itself run inside VS Code, or under Node's test runner: the server must not take that for its own.
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment() {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|NODE_TEST_CONTEXT|NODE_OPTIONS)/.test(name),
  );
  // Without an address of a gallery the editor looks for extensions on this machine only.
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

/**
 * @param {import('./processes.mjs').RunningProcess} server
 * @returns {Promise<number>}
 */
function listeningPort(server) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const port = /Extension host agent listening on (\d+)/.exec(server.output())?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    server.child.stdout.on('data', look);
    void server.ended.then((how) => reject(new Error(`The VS Code server ended (${how}):\n${server.output()}`)));
  });
}

/**
 * @param {string} file
 * @returns {string} `/c:/folder` on Windows
 */
function uriPath(file) {
  const slashed = path.resolve(file).split(path.sep).join('/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}
