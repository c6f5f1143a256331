import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../unit/root.ts';
import { startEditor, type Editor } from '../harness/editor.ts';
import { card, lineageView } from '../harness/lineageView.ts';
import { readNotification } from '../harness/notifications.ts';
import { packagedExtension } from '../harness/packagedExtension.ts';
import { acceptInput, runCommand } from '../harness/palette.ts';
import { projectFolder } from '../harness/projectFolder.ts';
import { gridRow, resultsView } from '../harness/resultsView.ts';
import { openFile, replaceText } from '../harness/textEditor.ts';
import { comparePictures } from './comparePictures.ts';
import { dataQualityPictures } from './dataQualityPictures.ts';
import { chooseTheme, drag, fileName, narrowSize, readmeTheme, size, takePicture, themes } from './pictures.ts';

const readmeFolder = path.join(root, 'docs/images');

/** Takes every picture and gives their files. */
export async function takeScreenshots(): Promise<readonly string[]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-screenshots-'));
  const settings = {
    'editor.minimap.enabled': false,
    'workbench.editor.enablePreview': false,
    'window.commandCenter': false,
    'workbench.layoutControl.enabled': false,
  };
  fs.mkdirSync(readmeFolder, { recursive: true });
  const dbt = process.env['MODELYARD_TEST_DBT'];
  const editor = await startEditor({ host: 'node', vsix: packagedExtension(), settings });
  try {
    return [
      ...(await emptyPictures(editor, home)),
      ...(await samplePictures(editor, home)),
      ...(dbt === undefined ? [] : await warehousePictures(editor, home, dbt)),
      ...(await dataQualityPictures(editor, home, readmeFolder)),
    ];
  } finally {
    await editor.stop();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function emptyPictures(editor: Editor, home: string): Promise<readonly string[]> {
  const folder = path.join(home, 'empty');
  fs.mkdirSync(folder);
  const page = await editor.open(folder);
  await page.setViewportSize(size);
  await runCommand(page, 'Modelyard: Show Lineage');
  await (await lineageView(page)).getByRole('button', { name: 'Create Sample Project' }).waitFor();
  await (await resultsView(page)).locator('[data-state="empty"]').waitFor();
  await chooseThemeOfAll(page, readmeTheme);
  const files = [await takePicture(page, 'empty')];
  await page.close();
  return files;
}

async function samplePictures(editor: Editor, home: string): Promise<readonly string[]> {
  const folder = path.join(home, 'gaming');
  fs.mkdirSync(folder);
  const page = await editor.open(folder);
  await page.setViewportSize(size);
  await buildSample(page);
  await arrange(page);
  const files: string[] = [];
  for (const theme of themes) {
    await chooseThemeOfAll(page, theme);
    files.push(await takePicture(page, fileName(theme)));
  }
  await chooseThemeOfAll(page, readmeTheme);
  files.push(await takePicture(page, 'editor', readmeFolder));
  await page.setViewportSize(narrowSize);
  files.push(await takePicture(page, 'narrow'));
  await page.setViewportSize(size);
  const model = projectFolder(folder).read('models/core/player_top_three_deposits.sql');
  await openFile(page, 'player_top_three_deposits.sql');
  await replaceText(page, model.replace('order by amount desc', 'order by amounts desc'));
  await runCommand(page, 'Modelyard: Build');
  await readNotification(page, /Build: \d.*error/);
  const failure = (await resultsView(page)).locator('[data-state="failed"]');
  await failure.getByRole('button', { name: 'player_top_three_deposits.sql' }).click();
  await page
    .locator('.statusbar-item')
    .getByText(/^Ln 18, /)
    .waitFor();
  for (const theme of themes) {
    await chooseThemeOfAll(page, theme);
    files.push(await takePicture(page, `error-${fileName(theme)}`));
  }
  await card(await lineageView(page), '.agg_discord_deposits_by_country').click();
  files.push(await takePicture(page, 'error-elsewhere'));
  await page.close();
  return files;
}

async function warehousePictures(editor: Editor, home: string, dbt: string): Promise<readonly string[]> {
  const folder = path.join(home, 'warehouse');
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  // A setting of the machine or the folder, not of the browser's user.
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'modelyard.dbtPath': dbt }));
  const page = await editor.open(folder);
  await page.setViewportSize(size);
  await buildSample(page);
  await arrange(page);
  await chooseThemeOfAll(page, readmeTheme);
  const files = await comparePictures(page, projectFolder(folder), dbt);
  await page.close();
  return files;
}

/** The sample with 1,000 rows a table, a model of it open and another one's rows shown. */
async function buildSample(page: Page): Promise<void> {
  await runCommand(page, 'Modelyard: Create Sample Project');
  const lineage = await lineageView(page);
  await card(lineage, '.daily_player_transactions').waitFor();
  await runCommand(page, 'Modelyard: Generate Sample Data');
  await acceptInput(page, 'Rows in each table');
  await acceptInput(page, 'Seed');
  await readNotification(page, 'Wrote 3,000 rows');
  await runCommand(page, 'Modelyard: Build');
  await readNotification(page, /Build: \d/);
  await card(lineage, '.daily_player_transactions').click();
  const results = await resultsView(page);
  await results.locator('.title').getByText('daily_player_transactions').waitFor();
  await gridRow(results, 0).locator('.ag-cell[col-id="0"]').getByText(/./).waitFor();
}

/** Gives the views more of the window than VS Code does: a narrower side bar, a higher panel. */
async function arrange(page: Page): Promise<void> {
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  const panel = await page.locator('.part.panel').boundingBox();
  if (sideBar === null || panel === null) throw new Error('the window has no side bar or no panel');
  await drag(page, { x: sideBar.x + sideBar.width, y: 300 }, { x: 236, y: 300 });
  await drag(page, { x: 700, y: panel.y }, { x: 700, y: 424 });
  const results = await page.locator('.part.panel .split-view-view').nth(1).boundingBox();
  if (results === null) throw new Error('the panel has no second view');
  await drag(page, { x: results.x, y: 600 }, { x: 716, y: 600 });
}

/** Chooses a theme; the lineage has it too when this ends. */
async function chooseThemeOfAll(page: Page, theme: string): Promise<void> {
  await chooseTheme(page, theme);
  await (await lineageView(page)).locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
}
