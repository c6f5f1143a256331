import { LatestEventsPort } from '../../src/extension/views/latestEvents.ts';
import { ResultsChannel, type ResultsContent, type ResultsSource } from '../../src/extension/views/resultsChannel.ts';
import type { PageOptions, ViewLab, WebviewPage } from './webviewPage.ts';

/** The results page with the host's end of its channel, and what the page has asked for. */
export interface ResultsTestPage extends WebviewPage {
  readonly asked: readonly string[];
  readonly channel: ResultsChannel;
}

/** Opens the page on what the host shows; without content, as it is before anything was shown. */
export async function openResults(
  lab: ViewLab,
  content?: ResultsContent,
  source?: ResultsSource,
  options: PageOptions = {},
): Promise<ResultsTestPage> {
  const port = new LatestEventsPort();
  const asked: string[] = [];
  const record = (method: string) => (params: unknown) => void asked.push(`${method} ${JSON.stringify(params)}`);
  const channel = new ResultsChannel(port, {
    openLocation: record('openLocation'),
    cancel: record('cancel'),
    rerun: record('rerun'),
  });
  if (content !== undefined) channel.show(content, source);
  return { ...(await lab.load(port, options)), asked, channel };
}

/** A cell by one-based row and column name. */
export const cell = (view: WebviewPage, row: number, column: number) =>
  view.page.locator(`.ag-row[row-index="${String(row - 1)}"] .ag-cell[col-id="${String(column)}"]`);
