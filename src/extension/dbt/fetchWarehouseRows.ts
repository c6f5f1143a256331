import { Cancelled, type Cancellation } from '../../core/diagnostics/cancellation.ts';
import { readWarehouseRows, type WarehouseRows } from '../../core/compare/readWarehouseRows.ts';
import { warehouseRowsQuery, type RowsOf } from '../../core/compare/warehouseRowsQuery.ts';
import type { DbtProgram, ProgramCall, ProgramHost, RunProgram } from './dbtProgram.ts';
import { loggingArguments } from './loggingArguments.ts';

/** Rows of a node's table on a warehouse, as dbt is asked for them. */
export interface WarehouseRequest {
  readonly program: DbtProgram;
  readonly folder: string;
  /** `--target` and its like. */
  readonly targetArguments: readonly string[];
  readonly of: RowsOf;
  /** At most so many rows are fetched. */
  readonly limit: number;
  /** True when no rows are wanted of a table that has more than the limit. */
  readonly wholeOnly: boolean;
}

/** More characters would be more than a string may have, and more than one reads. */
const mostCharacters = 256 * 1024 * 1024;

/** Fetches rows with `dbt show`, which leaves nothing behind. Rejects with `Cancelled`. */
export async function fetchWarehouseRows(
  request: WarehouseRequest,
  { run, withScratch }: ProgramHost,
  cancellation: Cancellation,
): Promise<WarehouseRows> {
  const { program, folder, limit, of, targetArguments, wholeOnly } = request;
  const query = warehouseRowsQuery(of, wholeOnly ? limit : undefined);
  const show = ['show', ...targetArguments, '--inline', query, '--limit', String(limit), '--output', 'json'];
  return withScratch((scratch) => {
    const args = [...loggingArguments(program.version, scratch), ...show];
    return toldRows({ program: program.path, args, folder }, run, cancellation);
  });
}

async function toldRows(call: ProgramCall, run: RunProgram, cancellation: Cancellation): Promise<WarehouseRows> {
  throwIfCancelled(cancellation);
  const texts = { out: [] as string[], error: [] as string[] };
  let characters = 0;
  const running = run(call, (text, stream) => {
    characters += text.length;
    if (characters > mostCharacters) running.end();
    else texts[stream].push(text);
  });
  const listener = cancellation.onCancellationRequested(() => running.end());
  await running.ended.finally(() => listener.dispose());
  throwIfCancelled(cancellation);
  if (characters > mostCharacters)
    return { kind: 'failed', reason: 'the rows are more than 256 million characters long.' };
  return readWarehouseRows(`${texts.out.join('')}\n${texts.error.join('')}`);
}

function throwIfCancelled({ isCancellationRequested }: Cancellation): void {
  if (isCancellationRequested) throw new Cancelled();
}
