import type { Locator, Page } from 'playwright-core';

/** A notification by a part of its text; those in the notification centre count too. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-list-item').filter({ hasText: text }).first();
}

/** Waits until a notification shows a text, and gives all of its text. */
export async function readNotification(page: Page, text: string | RegExp): Promise<string> {
  const message = notification(page, text).locator('.notification-list-item-message');
  await message.waitFor();
  return message.innerText();
}

/** Presses a button of a notification. */
export async function pressButton(page: Page, text: string | RegExp, button: string): Promise<void> {
  await notification(page, text).getByRole('button', { name: button }).click();
}
