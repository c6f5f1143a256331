// Runs unit tests.
// usage: node scripts/unit.mjs [part of a path …]   (builds only the tests that match)
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { findTests, runNodeTests } = await import('./nodeTests.mjs');
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const files = findTests('test/unit', parts);
if (files.length === 0) {
  console.error(`no unit test matches ${parts.join(', ')}`);
  process.exit(1);
}
const { failed } = await runNodeTests(files, { concurrency: 2 });
process.exitCode = failed > 0 ? 1 : 0;
