import type { DataTable } from '../../src/core/datagen/dataModel.ts';
import { generate, type GenerationHost } from '../../src/core/datagen/generate.ts';
import { planGeneration, type GenerationOptions } from '../../src/core/datagen/planGeneration.ts';
import { formatDiagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import type { FileSink } from '../../src/core/project/projectFiles.ts';
import type { SampleTexts } from './independentModels.ts';
import { sampleTables } from './sampleTables.ts';

/** Files that are written to memory, with what happened to each sink. */
export class MemoryFiles {
  readonly committed = new Map<string, string>();
  readonly events: string[] = [];

  readonly openSink = (path: string): Promise<FileSink> => {
    const parts: Buffer[] = [];
    this.events.push(`open ${path}`);
    return Promise.resolve({
      write: (chunk) => {
        parts.push(Buffer.from(chunk));
        return Promise.resolve();
      },
      commit: () => {
        this.events.push(`commit ${path}`);
        this.committed.set(path, Buffer.concat(parts).toString('utf8'));
        return Promise.resolve();
      },
      abort: () => {
        this.events.push(`abort ${path}`);
        return Promise.resolve();
      },
    });
  };
}

/** Generates tables into texts by path; a refused plan is a fault of the test. */
export async function generateTexts(
  tables: readonly DataTable[],
  options: GenerationOptions,
  host: GenerationHost = {},
): Promise<ReadonlyMap<string, string>> {
  const { value: plan, diagnostics } = planGeneration(tables, options);
  if (plan === undefined) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  const files = new MemoryFiles();
  await generate(plan, files.openSink, host);
  return files.committed;
}

/** Generates the sample's three tables. */
export async function generateSample(options: GenerationOptions): Promise<SampleTexts> {
  const texts = await generateTexts(sampleTables(), options);
  const text = (name: string): string => texts.get(`data/${name}.csv`) ?? '';
  return { affiliates: text('affiliates'), players: text('players'), transactions: text('transactions') };
}
