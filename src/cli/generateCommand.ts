import path from 'node:path';
import { rowFormats, type RowFormatName } from '../core/datagen/rowFormat.ts';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { defaultGeneration, generateData, type GenerateRequest } from '../core/service/generateData.ts';
import { counted } from './dbtConsole.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './parseArguments.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';

/** `modelyard generate`: writes sample data for every source, into the project or with `--out` into a folder. */
export async function generateCommand({ project, cancellation, value, list }: Session): Promise<number> {
  const rows = wholeNumber('rows', value('rows'));
  const out = value('out');
  const request: GenerateRequest = {
    ...(rows === undefined ? {} : { rows }),
    ...(out === undefined ? {} : { out: nodeFiles(path.resolve(out)) }),
    rowsByTable: rowsByTable(list('table')),
    seed: value('seed') ?? defaultGeneration.seed,
    format: formatNamed(value('format') ?? 'csv'),
    cancellation: cancellation.token,
    progress: () => undefined,
  };
  try {
    const { value: tables, diagnostics } = await generateData(project, request);
    printDiagnostics(diagnostics);
    if (tables === undefined) return 2;
    for (const table of tables) {
      const file = out === undefined ? table.path : path.join(out, table.path);
      console.log(`Wrote ${file}: ${counted(table.rows, 'row')}`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: the data that was there is unchanged.');
    return 1;
  }
}

/** Reads `--table NAME=ROWS`, as often as it is given; the last of a name counts. */
function rowsByTable(written: readonly string[]): Readonly<Record<string, number>> {
  const entries = written.map((text): [string, number] => {
    const [, table, rows] = /^(.+)=(.*)$/.exec(text) ?? [];
    const count = table === undefined ? undefined : wholeNumber('table', rows);
    if (table !== undefined && count !== undefined) return [table, count];
    throw new UsageError(`Invalid value for '--table': ${text} is not of the form TABLE=ROWS.`);
  });
  return Object.fromEntries(entries);
}

function formatNamed(name: string): RowFormatName {
  const known = Object.keys(rowFormats) as RowFormatName[];
  const found = known.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UsageError(`Invalid value for '--format': ${name} is not one of ${known.join(', ')}.`);
}

/** Reads an option that must be a whole number of zero or more. */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && text.trim() !== '') return number;
  throw new UsageError(`Invalid value for '--${name}': ${text} is not a whole number.`);
}
