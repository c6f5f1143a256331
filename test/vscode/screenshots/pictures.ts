import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../unit/root.ts';
import { answerInput, runCommand } from '../harness/palette.ts';

const pictureFolder = path.join(root, '.vscode-test/artifacts/screenshots');

/** Of a window. */
export const size = { width: 1280, height: 800 };
export const narrowSize = { width: 760, height: 800 };

/** The theme of the pictures in the README, and all that pictures are taken in. */
export const readmeTheme = 'Dark Modern';
export const themes = [readmeTheme, 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

/** A class that the window has in a theme. */
const themeClasses: Readonly<Record<string, string>> = {
  'Dark Modern': 'dark_modern',
  'Light Modern': 'light_modern',
  'Dark High Contrast': 'hc_black',
  'Light High Contrast': 'hc_light',
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Drags from one place of the window to another. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/** Chooses a theme of colours; the window has it when this ends. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await answerInput(page, 'Color Theme', theme);
  await page.locator(`.monaco-workbench[class*="${themeClasses[theme] ?? theme}"]`).waitFor();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Takes a picture of the window without notifications, and gives its file. */
export async function takePicture(page: Page, name: string, folder = pictureFolder): Promise<string> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.locator('.notifications-toasts').waitFor({ state: 'hidden' });
  return takePictureAsItIs(page, name, folder);
}

/** Takes a picture of the window with all that is open in it. */
export async function takePictureAsItIs(page: Page, name: string, folder = pictureFolder): Promise<string> {
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** A theme's name as a part of a file's. */
export function fileName(theme: string): string {
  return theme.toLowerCase().replaceAll(' ', '-');
}
