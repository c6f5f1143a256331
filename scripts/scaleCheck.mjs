// Tests that take minutes: the sample's rules at sizes that unit tests leave out.
// usage: node scripts/scaleCheck.mjs
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { findTests, runNodeTests } = await import('./nodeTests.mjs');
const { failed } = await runNodeTests(findTests('test/scale', []), { concurrency: 1 });
process.exitCode = failed > 0 ? 1 : 0;
