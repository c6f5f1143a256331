import * as vscode from 'vscode';
import { compareTables, type CompareHost, type TableComparison } from '../../core/compare/compareTables.ts';
import type { Cancellation } from '../../core/diagnostics/cancellation.ts';
import { offlineTable, rowKey, type OfflineTable } from '../../core/service/comparedRows.ts';
import { timedPacer } from '../../engine/pacer.ts';
import { comparisonContent } from '../comparisonContent.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import { locationOf } from '../lineageSnapshot.ts';
import { beyondRead } from '../problems.ts';
import { errorOf, type FetchedRows } from '../resultsController.ts';
import { reasonOf } from './reasonOf.ts';
import type { Services } from './services.ts';
import {
  chooseWarehouseModel,
  warehouseRows,
  type NotChosen,
  type WarehouseAnswers,
  type WarehouseModel,
} from './warehouseModel.ts';

/** What "Compare with Warehouse" gives its caller. */
export interface CompareSummary {
  readonly outcome: NotChosen | 'equal' | 'different' | 'failed';
  readonly comparison?: TableComparison;
  readonly reason?: string;
}

/** Differing rows that are shown; all are counted. */
const mostDifferences = 1000;

/** "Compare with Warehouse…": a model's rows offline and on a target of profiles.yml, and in what they differ. */
export async function compareWithWarehouse(
  services: Services,
  host: ExtensionHost,
  answers: WarehouseAnswers = {},
): Promise<CompareSummary> {
  const chosen = await chooseWarehouseModel(services, host, 'Compare with Warehouse', answers);
  if (typeof chosen === 'string') return { outcome: chosen };
  const { node, target, dbt } = chosen;
  services.workbench.select(node.resourceType === 'model' ? node.uniqueId : undefined);
  await services.reveal();
  let summary: CompareSummary = { outcome: 'cancelled' };
  const fail = (error: { readonly message: string }): FetchedRows => {
    summary = { outcome: 'failed', reason: error.message };
    return { kind: 'failed', error };
  };
  const titled = {
    title: `${node.name}: offline and ${target}`,
    subject: { kind: 'warehouse', target, location: locationOf(node) },
  } as const;
  await services.results.fetch(titled, async ({ cancellation, say }) => {
    summary = { outcome: 'cancelled' };
    const mostRows = vscode.workspace.getConfiguration('modelyard').get('compareLimit', 50_000);
    say(`Building ${node.name} offline`);
    // Asked for again, the rows are those of the project as it is then.
    const { manifest, diagnostics } = await chosen.project.service.read();
    if (manifest?.nodes.has(node.uniqueId) !== true) return fail({ message: reasonOf(diagnostics) });
    const offline = await readOffline(services, { ...chosen, manifest }, mostRows, cancellation);
    if (offline.kind === 'failed') return fail(offline.error);
    say(`dbt ${dbt.program.version} reads ${node.name} on ${target}`);
    const there = await warehouseRows(chosen, { limit: mostRows, wholeOnly: true }, cancellation);
    if (there.kind === 'failed') return fail({ message: there.reason });
    const counts = { offline: offline.table.count, [target]: there.count };
    if (there.kind === 'tooMany' || offline.table.count > mostRows) return fail({ message: beyond(counts, mostRows) });
    const key = rowKey(manifest, node);
    const sharing = { cancellation, progress: sharedThread(say) };
    const comparison = await compareTables(offline.table, there, { key, mostDifferences }, sharing);
    summary = { outcome: comparison.isEqual ? 'equal' : 'different', comparison };
    return comparisonContent(comparison, ['offline', target]);
  });
  return summary;
}

/** The longest that a comparison keeps the host's thread before it lets others go on, in milliseconds. */
const millisecondsAtATime = 10;

/** Says what is compared, and lets others have the thread when it is time. */
function sharedThread(say: (message: string) => void): CompareHost['progress'] {
  const pacer = timedPacer(millisecondsAtATime);
  let said = '';
  return async ({ column = 'rows', done, total }) => {
    if (!pacer.isDue()) return;
    const message = `Comparing ${column} (${String(done + 1)} of ${String(total)})`;
    if (message !== said) say(message);
    said = message;
    await pacer.pause();
  };
}

function beyond(counts: Readonly<Record<string, number>>, mostRows: number): string {
  const rows = Object.entries(counts).map(([side, count]) => `${count.toLocaleString('en')} ${side}`);
  const limit = mostRows.toLocaleString('en');
  return `There are ${rows.join(' and ')} rows: no more than ${limit} are compared (modelyard.compareLimit).`;
}

type Offline =
  { readonly kind: 'table'; readonly table: OfflineTable } | Extract<FetchedRows, { readonly kind: 'failed' }>;

async function readOffline(
  { workbench }: Services,
  { project, manifest, node }: WarehouseModel,
  mostRows: number,
  cancellation: Cancellation,
): Promise<Offline> {
  const read = await project.service.read();
  try {
    const { value, diagnostics } = await offlineTable(project.service, manifest, {
      id: node.uniqueId,
      mostRows,
      cancellation,
      onEvent: (event) => workbench.runEvent(`Compare ${node.name}`, event),
    });
    workbench.runEnded(project, beyondRead(diagnostics, read.diagnostics));
    if (value !== undefined) return { kind: 'table', table: value };
    const fault = diagnostics.find(({ severity }) => severity === 'error');
    return {
      kind: 'failed',
      error: fault === undefined ? { message: `${node.name} could not be built offline.` } : errorOf(fault),
    };
  } catch (error) {
    workbench.runEnded(project, []);
    throw error;
  }
}
