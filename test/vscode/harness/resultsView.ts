import type { FrameLocator, Locator, Page } from 'playwright-core';
import { findWebview } from './webviews.ts';

/** What the header of "Query Results" says, and the columns below it. */
export interface ShownResults {
  readonly title: string;
  /** Empty for SQL that is no node's. */
  readonly status: string;
  readonly rowCount: string;
  readonly duration: string;
  /** Name and type of each column. */
  readonly columns: readonly (readonly string[])[];
}

/** The page of the "Query Results" view, which must be open. */
export function resultsView(page: Page): Promise<FrameLocator> {
  return findWebview(page, '.headerSlot');
}

/** Waits until rows of something are shown, and reads what is said of them. */
export async function readResults(page: Page, title: string, rowCount: string | RegExp): Promise<ShownResults> {
  const view = await resultsView(page);
  await view.locator('.title').getByText(title, { exact: true }).waitFor();
  await view.locator('.rowCount').getByText(rowCount, { exact: true }).waitFor();
  await view.locator('.columnHeader').first().waitFor();
  const [status] = await view.locator('.bar .status').all();
  const headers = await view.locator('.columnHeader').all();
  return {
    title,
    // In a narrow view the word gives way, and its tooltip has it.
    status: (await status?.getAttribute('title')) ?? '',
    rowCount: await view.locator('.bar .rowCount').innerText(),
    duration: await view.locator('.bar .duration').innerText(),
    columns: await Promise.all(headers.map((header) => header.locator('span').allInnerTexts())),
  };
}

/** Reads the values of the row at a place (counted from 0), once they have come. The row must be in sight. */
export async function readRow(view: FrameLocator, index: number): Promise<readonly string[]> {
  const cell = (column: number): Locator => gridRow(view, index).locator(`.ag-cell[col-id="${String(column)}"]`);
  await cell(0).getByText(/./).waitFor();
  const columns = await view.locator('.columnHeader').count();
  return Promise.all(Array.from({ length: columns }, (_, column) => cell(column).innerText()));
}

/** A row of the grid by its place, counted from 0; there only while it is in sight. */
export function gridRow(view: FrameLocator, index: number): Locator {
  return view.locator(`.ag-row[row-index="${String(index)}"]`);
}

/** Scrolls from the top with the wheel until a row is in sight. */
export async function scrollToRow(page: Page, index: number): Promise<void> {
  const view = await resultsView(page);
  const first = gridRow(view, 0);
  await first.locator('.ag-cell').first().hover();
  const rowHeight = (await first.boundingBox())?.height ?? 0;
  await page.mouse.wheel(0, index * rowHeight);
  await gridRow(view, index).waitFor();
}

/** Reads every row of a short result. */
export async function readRows(view: FrameLocator, count: number): Promise<readonly (readonly string[])[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => readRow(view, index)));
}
