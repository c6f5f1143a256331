import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { ColumnAddress } from './generationPlan.ts';

/** Reports a reference to nothing; a column that exists and could not be planned has been reported already. */
export function unknownColumn(
  planner: ColumnPlanner,
  task: ColumnTask,
  address: ColumnAddress,
): PlannedColumn | undefined {
  const table = planner.table(address.table);
  if (table?.table.columns.some((column) => column.name === address.column) === true) return undefined;
  const reference = `${address.table}.${address.column}`;
  return planner.refuse(task, 'data.unknownReference', { subject: task.subject, reference });
}

/** `players.created_at`, for messages. */
export function nameOf(planner: ColumnPlanner, { table, column }: ColumnAddress): string {
  return `${planner.table(table)?.table.name ?? table}.${column}`;
}
