import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openConsole } from '../../../src/cli/console/consoleOptions.ts';
import { nodeFiles } from '../../../src/cli/nodeFiles.ts';
import { parseArguments } from '../../../src/cli/options/parseArguments.ts';
import { resolveOptions } from '../../../src/cli/options/resolveOptions.ts';
import { removeTargets } from '../../../src/cli/removeTargets.ts';
import { CancellationSource } from '../../../src/core/diagnostics/cancellation.ts';
import { ModelyardProject } from '../../../src/core/service/modelyardProject.ts';
import { openEngine } from '../engine/testEngine.ts';
import { projectTexts } from '../support/testProject.ts';

/** Runs dbt's clean over a project on disk with these clean-targets; gives the code and what is left beside the project's files. */
async function cleaned(
  context: TestContext,
  targets: string,
  flag: string,
): Promise<readonly [number, readonly string[]]> {
  const outer = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-clean-'));
  context.after(() => fs.rmSync(outer, { recursive: true, force: true }));
  context.mock.method(console, 'log', () => undefined);
  const folder = path.join(outer, 'project');
  const texts = projectTexts({ 'models/a.sql': 'select 1 as id', 'target/manifest.json': '{}' });
  const files = {
    ...texts,
    'dbt_project.yml': `${texts['dbt_project.yml'] ?? ''}${targets}`,
    '../outside/kept.txt': '',
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  const { argument, given } = parseArguments(['clean', flag]);
  const options = resolveOptions('clean', argument, given, { environmentVariable: () => undefined, flags: new Map() });
  const project = new ModelyardProject(
    {
      files: nodeFiles(folder),
      engine: await openEngine(),
      clock: { now: () => 0 },
      environmentVariable: () => undefined,
      newId: () => 'id',
      profiles: () => Promise.resolve(undefined),
    },
    { targetName: undefined, vars: {} },
  );
  const cancellation = new CancellationSource();
  const reopen = (): never => assert.fail('clean opens no other project');
  const code = await removeTargets({
    project,
    folder,
    options,
    console: openConsole(options, 'id'),
    cancellation,
    reopen,
  });
  await project.close();
  const left = ['project/models', 'project/target', 'outside'].filter((one) => fs.existsSync(path.join(outer, one)));
  return [code, left];
}

test('clean by dbt flags removes target, and nothing that holds sources or is outside', async (context) => {
  const [inside, anywhere] = ['--clean-project-files-only', '--no-clean-project-files-only'];
  assert.deepEqual(await cleaned(context, '', inside), [0, ['project/models', 'outside']]);
  const outsideToo = 'clean-targets: [target, ../outside]\n';
  assert.deepEqual(await cleaned(context, outsideToo, inside), [2, ['project/models', 'project/target', 'outside']]);
  assert.deepEqual(await cleaned(context, outsideToo, anywhere), [0, ['project/models']]);
  for (const targets of ['models', '"."', '..', 'models/../models']) {
    const all = ['project/models', 'project/target', 'outside'];
    assert.deepEqual(await cleaned(context, `clean-targets: [target, ${targets}]\n`, anywhere), [2, all], targets);
  }
});
