import Mocha from 'mocha';
import { runMocha } from './runMocha.ts';

/** What VS Code calls in its Node extension host (extensionTestsPath), on the desktop and on a server. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', reporter: 'spec', timeout: 180_000 });
  // Gives the tests their globals; it happens by itself only for files that mocha loads.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./tests.ts');
  await runMocha(mocha);
}
