// The machine's own Chrome, Chromium or Edge; where there is none and apt-get may be used, Debian's Chromium.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Names on the PATH, by preference. */
const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chrome'];

/** Program folders of macOS and Windows; `~` is the user's folder. */
const programs = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  '~\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Switches that keep a browser from asking anything of the network or the user beyond the page. */
export const browserSwitches = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Chromium refuses to run as root with its sandbox; the second switch hides the bar that says so.
  ...(isRoot() ? ['--no-sandbox', '--test-type'] : []),
];

/** @returns {string | undefined} the program of an installed browser; the variable CHROMIUM_PATH comes first */
export function findBrowser() {
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => commands.map((command) => path.join(folder, command)));
  const inFolders = programs.map((program) => program.replace(/^~/, os.homedir()));
  return [process.env['CHROMIUM_PATH'] ?? '', ...onPath, ...inFolders].find(isProgram);
}

/**
 * @returns {{ program: string } | { missing: string }} a browser, installed by this call if need be, or the reason
 *   why there is none
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return { program: found };
  const missing = 'no Chrome, Chromium or Edge found; install one or set CHROMIUM_PATH';
  if (process.platform !== 'linux' || !isRoot()) return { missing };
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  apt('update', '-q');
  const { status, stderr, error } = apt('install', '-q', '-y', '--no-install-recommends', 'chromium');
  const program = findBrowser();
  if (program !== undefined) return { program };
  return {
    missing: `${missing} (apt-get install chromium: ${error?.message ?? `exit code ${status}, ${stderr.trim()}`})`,
  };
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {string} file */
function isProgram(file) {
  return file !== '' && fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
