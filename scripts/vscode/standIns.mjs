// JavaScript in the place of two native modules of the VS Code server, so that nothing has to be compiled.
import fs from 'node:fs';
import path from 'node:path';

/** Log files: the part of @vscode/spdlog's interface that the server calls. */
const spdlog = `
const fs = require('fs');
const path = require('path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(name, kind, file) { this.file = file; this.level = 2; }
  write(level, message) {
    if (level < this.level) return;
    const line = new Date().toISOString() + ' [' + levels[level] + '] ' + message + '\\n';
    try { fs.appendFileSync(this.file, line); } catch { /* the folder is gone: the server is ending */ }
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}
const create = async (name, file) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(name, 'rotating', file);
};
// One by one: an \`import()\` of this file finds only names that are assigned like this.
exports.version = 11200;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** A child process ends when its parent has: native-watchdog's interface. */
const watchdog = `
exports.start = (parent) => {
  const look = () => { try { process.kill(parent, 0); } catch { process.exit(0); } };
  setInterval(look, 1000).unref();
};
exports.exit = (code) => process.exit(code);
`;

/**
 * Replaces the entry of each native module that is installed.
 * @param {string} nodeModules the server's node_modules folder
 */
export function writeStandIns(nodeModules) {
  const standIns = { '@vscode/spdlog': spdlog, 'native-watchdog': watchdog, '@vscode/native-watchdog': watchdog };
  for (const [name, source] of Object.entries(standIns)) {
    const folder = path.join(nodeModules, name);
    if (!fs.existsSync(folder)) continue;
    const { main = 'index.js' } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const entry = path.join(folder, path.extname(main) === '' ? `${main}.js` : main);
    fs.writeFileSync(entry, source);
  }
}
