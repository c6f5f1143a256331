import path from 'node:path';
import { rowFormats, type RowFormatName } from '../core/datagen/rowFormat.ts';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { defaultGeneration, generateData, type GenerateRequest } from '../core/service/generateData.ts';
import type { DataVerdict } from '../core/service/judgeData.ts';
import { counted } from './dbtConsole.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './parseArguments.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';

/** `modelyard generate`: writes sample data for every source, into the project or with `--out` into a folder. */
export async function generateCommand({ project, cancellation, value, list, has }: Session): Promise<number> {
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
    judge: !has('no-tests'),
  };
  try {
    const { value: generated, diagnostics } = await generateData(project, request);
    printDiagnostics(diagnostics);
    if (generated === undefined) return 2;
    for (const table of generated.tables) {
      const file = out === undefined ? table.path : path.join(out, table.path);
      console.log(`Wrote ${file}: ${counted(table.rows, 'row')}`);
    }
    const { verdict } = generated;
    if (verdict === undefined) return 0;
    for (const line of verdictLines(verdict)) console.log(line);
    return verdict.failed.some(({ status }) => status === 'fail') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: the data that was there is unchanged.');
    return 1;
  }
}

/** How the project's tests went on the data: the count, and a line for each that did not pass. */
export function verdictLines({ passed, failed, notRun }: DataVerdict): readonly string[] {
  const tests = [`${String(passed)} passed`, `${String(failed.length)} failed`];
  if (notRun.length > 0) tests.push(`${String(notRun.length)} not run`);
  return [
    `Tests: ${tests.join(', ')}`,
    ...failed.map(({ node, status, failures }) => `  ${status.toUpperCase()} ${String(failures ?? 0)} ${node.name}`),
    ...notRun.map(
      ({ node, status, message }) =>
        `  ${status.toUpperCase()} ${node.name}${message === undefined ? '' : `: ${message}`}`,
    ),
  ];
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
