// Runs each project of test/differential/projects with real dbt and with Modelyard, and compares what they answered.
// usage: node scripts/differentialCheck.mjs [part of a project's name …]
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOrExit } from './install.mjs';
import { pythonTools } from './pythonTools.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'test', 'differential');

runOrExit(process.execPath, [path.join(root, 'scripts', 'build.mjs')]);
const programs = pythonTools(path.join(folder, 'requirements.txt'));
const cli = path.join(root, 'dist', 'cli.js');
runOrExit(path.join(programs, 'python'), [
  path.join(folder, 'differential.py'),
  process.execPath,
  cli,
  ...process.argv.slice(2),
]);
