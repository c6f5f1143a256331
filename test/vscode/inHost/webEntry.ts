import 'mocha/mocha.js';
import { runMocha } from './runMocha.ts';

/** What VS Code calls in its web extension host (extensionTestsPath): a worker of the browser. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', reporter: 'spec', timeout: 180_000 });
  await import('./tests.ts');
  await runMocha(mocha);
}
