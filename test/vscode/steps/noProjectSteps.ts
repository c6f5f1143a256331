import assert from 'node:assert/strict';
import type { HostLab } from '../harness/hostLab.ts';
import { card, lineageView } from '../harness/lineageView.ts';
import { pressButton, readNotification } from '../harness/notifications.ts';
import { runCommand } from '../harness/palette.ts';
import { readProblem } from '../harness/problems.ts';
import { projectFolder, writeSample } from '../harness/projectFolder.ts';
import { windowSteps } from '../harness/windowSteps.ts';

/** The list that line 3 begins has no end. */
const brokenYaml = `name: gaming_analytics
profile: gaming_analytics_profile
model-paths: [models
version: 1.0.0
`;

/** Windows in which there is nothing to build yet: what they say, and the way on. */
export function noProjectSteps(lab: HostLab): void {
  windowSteps(
    `${lab.host}: no folder`,
    () => lab.open(),
    (step) => {
      step('Create Sample Project asks for a folder', async (page) => {
        await runCommand(page, 'Modelyard: Create Sample Project');
        assert.equal(
          await readNotification(page, 'Open a folder first'),
          'Open a folder first: the sample project is written into it.',
        );
      });
    },
  );

  const folder = lab.newFolder('no-project');
  windowSteps(
    `${lab.host}: a folder without a project`,
    () => lab.open(folder),
    (step) => {
      step('Build offers the sample, and one press makes it', async (page) => {
        await runCommand(page, 'Modelyard: Build');
        await pressButton(page, 'There is no dbt project in this workspace.', 'Create Sample Project');
        await card(await lineageView(page), '.daily_player_transactions').waitFor();
        assert.ok(projectFolder(folder).has('dbt_project.yml'));
      });
    },
  );

  const brokenFolder = lab.newFolder('broken-project');
  writeSample(brokenFolder).write('dbt_project.yml', brokenYaml);
  windowSteps(
    `${lab.host}: a project that cannot be read`,
    () => lab.open(brokenFolder),
    (step) => {
      step('the lineage and Problems say why, and where', async (page) => {
        await runCommand(page, 'Modelyard: Show Lineage');
        const lineage = await lineageView(page);
        await lineage.getByRole('heading', { name: 'The project could not be read' }).waitFor();
        const place = await lineage.getByRole('button', { name: /^dbt_project\.yml:\d+:\d+$/ }).innerText();
        const message = await lineage.locator('.state p').first().innerText();
        const problem = await readProblem(page, message);
        assert.equal(problem.file, 'dbt_project.yml');
        assert.equal(place, `dbt_project.yml:${String(problem.line)}:${String(problem.column)}`);
      });
    },
  );
}
