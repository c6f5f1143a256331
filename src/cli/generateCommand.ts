import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { defaultGeneration, generateData } from '../core/service/generateData.ts';
import { counted } from './dbtConsole.ts';
import { UsageError } from './parseArguments.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';

/** `modelyard generate`: writes sample data for every source. */
export async function generateCommand({ project, cancellation, value }: Session): Promise<number> {
  const rows = wholeNumber('rows', value('rows')) ?? defaultGeneration.rows;
  const seed = value('seed') ?? defaultGeneration.seed;
  try {
    const { value: tables, diagnostics } = await generateData(project, {
      rows,
      seed,
      cancellation: cancellation.token,
      progress: () => undefined,
    });
    printDiagnostics(diagnostics);
    if (tables === undefined) return 2;
    for (const table of tables) console.log(`Wrote ${table.path}: ${counted(table.rows, 'row')}`);
    return 0;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: the data that was there is unchanged.');
    return 1;
  }
}

/** Reads an option that must be a whole number of zero or more. */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && text.trim() !== '') return number;
  throw new UsageError(`Invalid value for '--${name}': ${text} is not a whole number.`);
}
