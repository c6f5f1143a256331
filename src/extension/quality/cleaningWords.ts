import type { CleanPlan } from '../../core/quality/cleanData.ts';
import type { Repair } from '../../core/quality/repair.ts';
import type { TableRepairs } from '../../core/quality/tableRepairs.ts';
import { changedTables } from '../../core/service/cleanProject.ts';
import { counted } from './qualityWords.ts';

/** What a repair does, as a list of choices names it. */
export const repairTitles = {
  keep_latest: 'Keep the latest version',
  keep_first: 'Keep the first row',
  drop: 'Reject the rows',
  empty: 'Empty the value and keep the row',
} as const satisfies Record<Repair, string>;

/** `players.csv: 10 kept, 1 rejected`. */
export function tableWords({ table, kept, records, obstacle, changesForm }: TableRepairs): string {
  const name = table.file.slice(table.file.lastIndexOf('/') + 1);
  if (obstacle !== undefined) return `${name}: not cleaned, because ${obstacle}`;
  const actions = [...records.values()].map(({ action }) => action);
  const rejected = actions.filter((action) => action === 'rejected').length;
  const emptied = actions.length - rejected;
  const parts = [
    `${kept.toLocaleString('en')} kept`,
    ...(rejected > 0 ? [`${rejected.toLocaleString('en')} rejected`] : []),
    ...(emptied > 0 ? [`${emptied.toLocaleString('en')} with emptied values`] : []),
    ...(changesForm ? ['written with commas, line feeds and no byte order mark'] : []),
  ];
  return `${name}: ${parts.join(', ')}`;
}

/** What a plan does to the files that it changes, and what stays broken. */
export function planWords(plan: CleanPlan): string {
  const words = changedTables(plan).map(tableWords).join('; ');
  const left = plan.left.length;
  return left === 0 ? words : `${words}; ${counted(left, 'fault')} of no known row ${left === 1 ? 'stays' : 'stay'}`;
}
