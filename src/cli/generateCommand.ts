import path from 'node:path';
import { rowFormats, type RowFormatName } from '../core/datagen/rowFormat.ts';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import type { CheckHost } from '../core/quality/checkData.ts';
import type { GeneratedTable } from '../core/datagen/generate.ts';
import { defaultGeneration, generateData, onGenerated, type GenerateRequest } from '../core/service/generateData.ts';
import { tryProjectDefects, writeDefects } from '../core/service/tryProjectDefects.ts';
import type { DataVerdict } from '../core/service/judgeData.ts';
import { counted } from './console/counted.ts';
import { defectLines } from './defectLines.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './options/usageError.ts';
import { printDiagnostics } from './console/printDiagnostics.ts';
import { ProgressLine } from './console/progressLine.ts';
import type { Session } from './session.ts';

/** `modelyard generate`: writes sample data for every source, into the project or with `--out` into a folder. */
export async function generateCommand(session: Session): Promise<number> {
  const { project, cancellation, options } = session;
  const rate = defectRate(options.value('defects'));
  const rows = wholeNumber('rows', options.value('rows'));
  const out = options.value('out');
  const line = new ProgressLine();
  const request: GenerateRequest = {
    ...(rows === undefined ? {} : { rows }),
    ...(out === undefined ? {} : { out: nodeFiles(path.resolve(out)) }),
    rowsByTable: rowsByTable(options.list('table')),
    seed: options.value('seed') ?? defaultGeneration.seed,
    format: formatNamed(options.value('format') ?? 'csv'),
    cancellation: cancellation.token,
    progress: ({ table, rowsWritten, rowsTotal }) =>
      line.show(`${table ?? 'planning'}: ${String(rowsWritten)} of ${String(rowsTotal)} rows`, 0, 1),
    judging: (name, done, total) => line.show(name, done, total),
    extend: options.has('extend'),
    judge: !options.has('no-tests'),
  };
  if (rate !== undefined && request.format !== 'csv') throw new UsageError("'--defects' goes with CSV files only.");
  if (request.extend === true && request.format !== 'csv') throw new UsageError("'--extend' goes with CSV files only.");
  try {
    const { value: generated, diagnostics } = await generateData(project, request);
    line.clear();
    printDiagnostics(diagnostics);
    if (generated === undefined) return 2;
    for (const table of generated.tables) {
      const file = out === undefined ? table.path : path.join(out, table.path);
      console.log(`Wrote ${file}: ${counted(table.rows, 'row')}`);
    }
    const { verdict } = generated;
    for (const line of verdict === undefined ? [] : verdictLines(verdict)) console.log(line);
    if (verdict?.failed.some(({ status }) => status === 'fail') === true) return 1;
    return rate === undefined ? 0 : await spoil(session, request, rate, generated.tables, line);
  } catch (error) {
    line.clear();
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: the data that was there is unchanged.');
    return 1;
  }
}

/** Plants defects in the generated files, and tells which of them the tests catch. */
async function spoil(
  { project, options }: Session,
  { seed, cancellation, out }: GenerateRequest,
  rate: number,
  tables: readonly GeneratedTable[],
  line: ProgressLine,
): Promise<number> {
  const host: CheckHost = { progress: ({ step, done, total }) => line.show(step, done, total), cancellation };
  const generated = await onGenerated(project, tables, out);
  const { value: report, diagnostics } = await tryProjectDefects(generated, { rate, seed: String(seed) }, host);
  line.clear();
  if (report === undefined) {
    printDiagnostics(diagnostics);
    return 2;
  }
  const paths = new Map(tables.map((table) => [table.id, table.path]));
  const files = out ?? project.host.files;
  const ledger = await writeDefects(project, report, files, ({ name, file }) => paths.get(name) ?? file);
  const folder = options.value('out');
  for (const line of defectLines(report)) console.log(line);
  if (ledger !== undefined)
    console.log(
      `Wrote ${folder === undefined ? ledger : path.join(folder, ledger)}: what was planted where, and what caught it`,
    );
  return 0;
}

/** Reads `--defects RATE`: a share of the rows. */
function defectRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (rate > 0 && rate <= 1) return rate;
  throw new UsageError(`Invalid value for '--defects': ${text} is not a share above 0 and up to 1, such as 0.01.`);
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
