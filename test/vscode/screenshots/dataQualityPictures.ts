import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Editor } from '../harness/editor.ts';
import { readNotification } from '../harness/notifications.ts';
import { acceptInput, runCommand } from '../harness/palette.ts';
import { projectFolder, type ProjectFolder } from '../harness/projectFolder.ts';
import { qualityItem } from '../harness/qualityView.ts';
import {
  chooseTheme,
  drag,
  fileName,
  narrowSize,
  readmeTheme,
  size,
  takePicture,
  takePictureAsItIs,
  themes,
} from './pictures.ts';

/** The "Data Quality" view in its states: unchecked, of the raw sample, of many rows and long names, and clean. */
export async function dataQualityPictures(
  editor: Editor,
  home: string,
  readmeFolder: string,
): Promise<readonly string[]> {
  const folder = path.join(home, 'quality');
  fs.mkdirSync(folder);
  const page = await editor.open(folder);
  await page.setViewportSize(size);
  await runCommand(page, 'Modelyard: Create Sample Project');
  await page.locator('.tab.active').getByText('daily_player_transactions.sql').waitFor();
  await chooseTheme(page, readmeTheme);
  await runCommand(page, 'Modelyard: Show Data Quality');
  await page.getByRole('button', { name: 'Check Data' }).waitFor();
  await arrange(page);
  const files = [await takePicture(page, 'quality-unchecked')];
  await check(page);
  await qualityItem(page, 'raw.transactions 2').click();
  for (const theme of themes) {
    await chooseTheme(page, theme);
    files.push(await takePicture(page, `quality-${fileName(theme)}`));
  }
  await chooseTheme(page, readmeTheme);
  files.push(await takePicture(page, 'data-quality', readmeFolder));
  await page.setViewportSize(narrowSize);
  files.push(await takePicture(page, 'quality-narrow'));
  await page.setViewportSize(size);
  await runCommand(page, 'Modelyard: Group by Row');
  files.push(await takePicture(page, 'quality-by-row'));
  await runCommand(page, 'Modelyard: Group by Rule');
  files.push(...(await cleaningPictures(page)));
  files.push(...(await defectPictures(page)));
  files.push(...(await manyRowsPictures(page, projectFolder(folder))));
  await page.close();
  return files;
}

async function check(page: Page): Promise<void> {
  await runCommand(page, 'Modelyard: Check Data');
  await readNotification(page, /^Checked/);
  await runCommand(page, 'Notifications: Clear All Notifications');
}

async function cleaningPictures(page: Page): Promise<readonly string[]> {
  await runCommand(page, 'Modelyard: Clean Data');
  await acceptInput(page, 'What to do with the rows that break source_unique_raw_players_id');
  await page.locator('.quick-input-widget').getByText('Replace the data files').waitFor();
  await page.locator('.multiDiffEditor').getByText('transactions.csv').first().waitFor();
  const file = await takePictureAsItIs(page, 'quality-question');
  await page.keyboard.press('Escape');
  return [file];
}

async function defectPictures(page: Page): Promise<readonly string[]> {
  await runCommand(page, 'Modelyard: Try Defects');
  await acceptInput(page, 'Percent of the rows');
  await readNotification(page, /^The tests catch/);
  await qualityItem(page, 'Caught by no test').waitFor();
  return [await takePicture(page, 'quality-defects')];
}

/** Thousands of broken rows, of rules with names as dbt makes them; then none. */
async function manyRowsPictures(page: Page, project: ProjectFolder): Promise<readonly string[]> {
  const players = project.read('data/players.csv');
  const row = (id: number): string => `${String(id)},,,FALSE,2024-10-14 23:45:05+00:00,2024-11-06 12:31:09+00:00\n`;
  project.write('data/players.csv', players + Array.from({ length: 5000 }, (_, at) => row(at + 11)).join(''));
  await check(page);
  const files = [await takePicture(page, 'quality-many-rows')];
  project.write('data/players.csv', players);
  await page.locator('.tree-explorer-viewlet-tree-view .message').getByText('Out of date').waitFor();
  files.push(await takePicture(page, 'quality-out-of-date'));
  return files;
}

/** A higher panel and a narrower side bar than VS Code begins with. */
async function arrange(page: Page): Promise<void> {
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  const panel = await page.locator('.part.panel').boundingBox();
  if (sideBar === null || panel === null) throw new Error('the window has no side bar or no panel');
  await drag(page, { x: sideBar.x + sideBar.width, y: 300 }, { x: 236, y: 300 });
  await drag(page, { x: 700, y: panel.y }, { x: 700, y: 380 });
}
