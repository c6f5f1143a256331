import assert from 'node:assert/strict';
import type { HostLab } from '../harness/hostLab.ts';
import { card, lineageView, waitForStatus } from '../harness/lineageView.ts';
import { pressButton, readNotification } from '../harness/notifications.ts';
import { runCommand } from '../harness/palette.ts';
import { readProblem, waitForNoProblem } from '../harness/problems.ts';
import { writeSample } from '../harness/projectFolder.ts';
import { resultsView } from '../harness/resultsView.ts';
import { openFile, replaceText } from '../harness/textEditor.ts';
import { windowSteps } from '../harness/windowSteps.ts';

/** The fault is on line 8 here, and on another line of the SQL that the loop makes. */
const faulty = `{% set kinds = ['Deposit', 'Withdraw'] %}
{% for kind in kinds %}
-- {{ kind }}
-- is a kind of transaction
{% endfor %}
select
    player_id,
    no_such_column
from {{ ref('daily_player_transactions') }}
`;

const openBlock = `select *
from {{ ref('daily_player_transactions') }}
{% if true %}
where deposits > 0
`;

const unknownRef = `select *
from {{ ref('daily_player_transaction') }}
`;

const mended = `select *
from {{ ref('daily_player_transactions') }}
`;

/** What a user got wrong: where it is shown, and that it goes when it is mended. */
export function faultSteps(lab: HostLab): void {
  const folder = lab.newFolder('faults');
  const project = writeSample(folder);
  project.write('models/core/faulty.sql', faulty);
  windowSteps(
    `${lab.host}: faults`,
    () => lab.open(folder),
    (step) => {
      step('an SQL error is in Problems, with the file and the line of the model', async (page) => {
        await runCommand(page, 'Modelyard: Build');
        assert.match(await readNotification(page, /Build: \d/), /^Build: 3 built, \d+ tests passed, 1 error\.$/);
        await pressButton(page, /Build: \d/, 'Show Problems');
        const { message, ...place } = await readProblem(page, 'no_such_column');
        assert.deepEqual(place, { severity: 'Error', file: 'faulty.sql', line: 8, column: 5 });
        assert.match(message, /no_such_column/);
      });

      step('the failed node shows its error, which leads to the line', async (page) => {
        await runCommand(page, 'Modelyard: Show Lineage');
        const lineage = await lineageView(page);
        await waitForStatus(lineage, '.faulty', 'error');
        await waitForStatus(lineage, '.player_top_three_deposits', 'success');
        await card(lineage, '.player_top_three_deposits').click();
        const results = await resultsView(page);
        await results.locator('.title').getByText('player_top_three_deposits').waitFor();
        await card(lineage, '.faulty').click();
        const failure = results.locator('[data-state="failed"]');
        await failure.getByText(/no_such_column/).waitFor();
        await failure.getByRole('button', { name: 'models/core/faulty.sql:8:5' }).click();
        await page.locator('.tab.active').getByText('faulty.sql').waitFor();
        await page.locator('.statusbar-item').getByText('Ln 8, Col 5').waitFor();
      });

      step('a block that is not closed is shown while typing', async (page) => {
        await openFile(page, 'faulty.sql');
        await replaceText(page, openBlock);
        const { message, ...place } = await readProblem(page, /endif/);
        assert.deepEqual(place, { severity: 'Error', file: 'faulty.sql', line: 3, column: 1 }, message);
        assert.equal(project.read('models/core/faulty.sql'), faulty);
      });

      step('an unknown ref is shown while typing, with the name that was meant', async (page) => {
        await openFile(page, 'faulty.sql');
        await replaceText(page, unknownRef);
        const { message, ...place } = await readProblem(page, 'no model or seed named');
        assert.match(message, /Did you mean "daily_player_transactions"\?/);
        assert.deepEqual(place, { severity: 'Error', file: 'faulty.sql', line: 2, column: 9 });
        await waitForNoProblem(page, /endif/);
      });

      step('a fault that is mended goes', async (page) => {
        await openFile(page, 'faulty.sql');
        await replaceText(page, mended);
        await waitForNoProblem(page, 'no model or seed named');
        await runCommand(page, 'Modelyard: Run Model');
        assert.match(await readNotification(page, /Run faulty: \d/), /^Run faulty: 1 built in /);
        await waitForStatus(await lineageView(page), '.faulty', 'success');
        await waitForNoProblem(page, 'no_such_column');
      });
    },
  );
}
