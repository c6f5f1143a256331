import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { readNotification } from '../harness/notifications.ts';
import { pick, runCommand } from '../harness/palette.ts';
import type { ProjectFolder } from '../harness/projectFolder.ts';
import { gridRow, resultsView } from '../harness/resultsView.ts';
import { openFile } from '../harness/textEditor.ts';
import {
  chooseTheme,
  fileName,
  narrowSize,
  readmeTheme,
  size,
  takePicture,
  takePictureAsItIs,
  themes,
} from './pictures.ts';

const model = 'models/core/player_top_three_deposits.sql';

/** A model on the warehouse of real dbt: its rows there, the same rows, rows that differ, and a target that fails. */
export async function comparePictures(page: Page, project: ProjectFolder, dbt: string): Promise<readonly string[]> {
  await openFile(page, 'player_top_three_deposits.sql');
  await runCommand(page, 'Modelyard: Run with dbt…');
  await pick(page, 'dev');
  await pick(page, 'build');
  await readNotification(page, 'dbt build on dev: ');
  const files = [await takePictureAsItIs(page, 'dbt-results')];
  const results = await resultsView(page);
  await runCommand(page, 'Modelyard: Show Warehouse Rows…');
  await pick(page, 'dev');
  await results.locator('.rowCount').waitFor();
  files.push(await takePicture(page, 'warehouse-rows'));
  await compare(page, 'dev');
  await results.locator('[data-state="equal"]').waitFor();
  files.push(await takePicture(page, 'compared-equal'));
  buildOther(project, dbt);
  await compare(page, 'dev');
  await gridRow(results, 0).locator('.ag-cell[col-id="0"]').getByText(/./).waitFor();
  for (const theme of themes) {
    await chooseTheme(page, theme);
    files.push(await takePicture(page, `compared-${fileName(theme)}`));
  }
  await chooseTheme(page, readmeTheme);
  await page.setViewportSize(narrowSize);
  files.push(await takePicture(page, 'compared-narrow'));
  await page.setViewportSize(size);
  await compare(page, 'postgres');
  await results.locator('[data-state="failed"]').waitFor();
  files.push(await takePicture(page, 'compared-failed'));
  return files;
}

async function compare(page: Page, target: string): Promise<void> {
  await runCommand(page, 'Modelyard: Compare with Warehouse…');
  await pick(page, target);
}

/** Builds the model on the warehouse with other amounts here and there, and without some rows. */
function buildOther(project: ProjectFolder, dbt: string): void {
  const text = project.read(model);
  project.write(
    model,
    `select player_id, largest_deposit + case when player_id % 40 = 1 then 0.01 else 0 end as largest_deposit,
    second_largest_deposit, third_largest_deposit
from (${text}) as built where player_id % 97 <> 0`,
  );
  try {
    const args = ['run', '--profiles-dir', '.', '--target', 'dev', '--select', 'player_top_three_deposits'];
    execFileSync(dbt, args, { cwd: project.at('.'), stdio: 'ignore' });
  } finally {
    project.write(model, text);
  }
}
