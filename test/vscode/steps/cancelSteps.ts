import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { HostLab } from '../harness/hostLab.ts';
import { card, lineageView, waitForStatus } from '../harness/lineageView.ts';
import { pressButton, readNotification } from '../harness/notifications.ts';
import { runCommand } from '../harness/palette.ts';
import { writeSample, type ProjectFolder } from '../harness/projectFolder.ts';
import { readResults, resultsView } from '../harness/resultsView.ts';
import { openFile, replaceText } from '../harness/textEditor.ts';
import { windowSteps } from '../harness/windowSteps.ts';

const counting = `with recursive n as (
    select 1 as i
    union all
    select i + 1 from n where i < 10
)
select count(*) as c from n
`;

const endless = counting.replace(' where i < 10', '');

/** Milliseconds in which a cancelled run must have ended. */
const patience = 10_000;

/** A model that never ends, and what is left when it was stopped. */
export function cancelSteps(lab: HostLab): void {
  const folder = lab.newFolder('cancel');
  const project = writeSample(folder);
  project.write('models/core/counting.sql', counting);
  let before: Readonly<Record<string, string>> = {};
  windowSteps(
    `${lab.host}: cancel`,
    () => lab.open(folder),
    (step) => {
      step('Cancel ends a build, and leaves tables and artifacts as they were', async (page) => {
        await runCommand(page, 'Modelyard: Build');
        await readNotification(page, /Build: 4 built/);
        before = digests(project);
        await openFile(page, 'counting.sql');
        await replaceText(page, endless);
        await runCommand(page, 'Modelyard: Build');
        await readNotification(page, /Build: counting/);
        const pressed = Date.now();
        await pressButton(page, /Build: counting/, 'Cancel');
        const told = await readNotification(page, 'Build was cancelled');
        assert.match(told, /^Build was cancelled\. Tables and artifacts are as they were before\.$/);
        assert.ok(Date.now() - pressed < patience);
        assert.deepEqual(digests(project), before);
        await card(await lineageView(page), '.daily_player_transactions').click();
        await readResults(page, 'daily_player_transactions', '3 rows');
      });

      step('Cancel in the results ends a preview', async (page) => {
        await openFile(page, 'counting.sql');
        await page.keyboard.press('ControlOrMeta+Enter');
        const results = await resultsView(page);
        await results.locator('.title').getByText('counting').waitFor();
        const pressed = Date.now();
        await results.locator('[data-state="running"]').getByRole('button', { name: 'Cancel' }).click();
        await results.getByText('counting was stopped. What was built before is still there.').waitFor();
        assert.ok(Date.now() - pressed < patience);
        assert.deepEqual(digests(project), before);
      });

      step('the next build works', async (page) => {
        await openFile(page, 'counting.sql');
        await replaceText(page, counting.replace('10', '25'));
        await runCommand(page, 'Modelyard: Build');
        await waitForStatus(await lineageView(page), '.counting', 'success');
        await card(await lineageView(page), '.counting').click();
        await readResults(page, 'counting', '1 row');
        await (await resultsView(page)).locator('.ag-cell[col-id="0"]').getByText('25', { exact: true }).waitFor();
        assert.notDeepEqual(digests(project), before);
      });
    },
  );
}

function digests(project: ProjectFolder): Readonly<Record<string, string>> {
  const folder = project.at('target');
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = `${parentPath}/${name}`;
      return [file, createHash('sha256').update(fs.readFileSync(file)).digest('hex')];
    }),
  );
}
