import * as vscode from 'vscode';
import { valueKind } from '../../core/compare/valueKind.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import { locationOf } from '../lineageSnapshot.ts';
import type { FetchedRows } from '../resultsController.ts';
import type { Services } from './services.ts';
import { chooseWarehouseModel, warehouseRows, type NotChosen, type WarehouseAnswers } from './warehouseModel.ts';

/** What "Show Warehouse Rows" gives its caller. */
export interface WarehouseRowsSummary {
  readonly outcome: NotChosen | 'shown' | 'failed';
  /** How many rows are shown, of how many. */
  readonly shown?: number;
  readonly count?: number;
  readonly reason?: string;
}

/** "Show Warehouse Rows…": the rows of a model on a target of profiles.yml, as dbt reads them there. */
export async function showWarehouseRows(
  services: Services,
  host: ExtensionHost,
  answers: WarehouseAnswers = {},
): Promise<WarehouseRowsSummary> {
  const chosen = await chooseWarehouseModel(services, host, 'Show Warehouse Rows', answers);
  if (typeof chosen === 'string') return { outcome: chosen };
  const { node, target, dbt } = chosen;
  const limit = vscode.workspace.getConfiguration('modelyard').get('previewLimit', 500);
  services.workbench.select(node.resourceType === 'model' ? node.uniqueId : undefined);
  await services.reveal();
  let summary: WarehouseRowsSummary = { outcome: 'cancelled' };
  const titled = {
    title: `${node.name} on ${target}`,
    subject: { kind: 'warehouse', target, location: locationOf(node) },
  } as const;
  await services.results.fetch(titled, async ({ cancellation, say }): Promise<FetchedRows> => {
    summary = { outcome: 'cancelled' };
    say(`dbt ${dbt.program.version} reads ${node.name} on ${target}`);
    const found = await warehouseRows(chosen, { limit, wholeOnly: false }, cancellation);
    if (found.kind !== 'rows') {
      const reason = found.kind === 'failed' ? found.reason : 'no rows were given.';
      summary = { outcome: 'failed', reason };
      return { kind: 'failed', error: { message: reason } };
    }
    const { columns, rows, count } = found;
    summary = { outcome: 'shown', shown: rows.length, count };
    return {
      kind: 'rows',
      content: {
        columns: columns.map(({ name, type }) => ({ name, type, align: isNumber(type) ? 'end' : 'start' })),
        ...(count > rows.length ? { limited: rows.length } : {}),
      },
      rows,
    };
  });
  return summary;
}

function isNumber(type: string): boolean {
  return ['exact', 'real'].includes(valueKind(type));
}
