import { generate, type GeneratedTable, type GenerationProgress } from '../datagen/generate.ts';
import { tableId, tablesFromSources } from '../datagen/fromSources.ts';
import { placeTables } from '../datagen/placeTables.ts';
import { planGeneration, type GenerationOptions } from '../datagen/planGeneration.ts';
import { rowFormats, type RowFormatName } from '../datagen/rowFormat.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { externalLocation } from '../project/externalLocation.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { columnsRead } from './columnsRead.ts';
import { judgeData, type DataVerdict, type JudgeRequest } from './judgeData.ts';
import type { ModelyardProject } from './modelyardProject.ts';
import { redirectedFiles } from './redirectedFiles.ts';

export interface GenerateRequest extends GenerationOptions {
  readonly cancellation: Cancellation;
  readonly progress: (progress: GenerationProgress) => void | Promise<void>;
  /** CSV when undefined. */
  readonly format?: RowFormatName;
  /** A folder that the files go into by their names; without it they go to where the project reads them. */
  readonly out?: ProjectFiles;
  /** Whether every test of the project is run on the rows when they are written. */
  readonly judge: boolean;
  /** Hears of each test. */
  readonly judging?: JudgeRequest['progress'];
}

/** Files as they were written, and what the project's tests say of them. */
export interface GeneratedData {
  readonly tables: readonly GeneratedTable[];
  /** Undefined when the tests were not run: nobody asked, or the engine cannot read the files. */
  readonly verdict: DataVerdict | undefined;
}

/** Rows of every table, and the seed, when the user names neither. */
export const defaultGeneration = { rows: 1000, seed: 42 } as const;

/**
 * Writes a file for every source of the project whose rows obey the project's rules. Without a value nothing was
 * written, and the diagnostics say why. Rejects with `Cancelled`; the files that were there then stay.
 */
export async function generateData(
  project: ModelyardProject,
  request: GenerateRequest,
): Promise<Outcome<GeneratedData | undefined>> {
  const read = await project.read();
  if (read.project === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const columns = read.manifest === undefined ? undefined : columnsRead(project, read.manifest);
  const format = rowFormats[request.format ?? 'csv'];
  const apart = request.out !== undefined;
  const described = tablesFromSources(read.project, columns);
  const placed = placeTables(described.value, { format, apart });
  if (hasErrors(placed.diagnostics)) return { value: undefined, diagnostics: placed.diagnostics };
  const plan = planGeneration(placed.value, request);
  const diagnostics = [...described.diagnostics, ...plan.diagnostics];
  if (plan.value === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const planned = plan.value;
  const files = request.out ?? project.host.files;
  const { progress, cancellation } = request;
  const tables = await project.exclusively(() =>
    generate(planned, (path) => files.openWrite(path), { progress, cancellation, format }),
  );
  project.changed();
  const isRead = request.judge && format === rowFormats.csv;
  const verdict = isRead ? await judge(project, request, tables) : undefined;
  return { value: { tables, verdict }, diagnostics };
}

/** Runs the project's tests on what was written, wherever that was. */
async function judge(
  project: ModelyardProject,
  { cancellation, judging = () => undefined, out }: GenerateRequest,
  tables: readonly GeneratedTable[],
): Promise<DataVerdict | undefined> {
  const generated = await onGenerated(project, tables, out);
  const { manifest } = await generated.read();
  return manifest === undefined ? undefined : judgeData(generated, manifest, { cancellation, progress: judging });
}

/** The project with the rows that were generated, read from where they were written. */
export async function onGenerated(
  project: ModelyardProject,
  tables: readonly GeneratedTable[],
  out: ProjectFiles | undefined,
): Promise<ModelyardProject> {
  const read = await project.read();
  const written = new Map(tables.map((table) => [table.id, table.path]));
  const elsewhere = (read.project?.properties.sources ?? []).flatMap((source) => {
    const path = written.get(tableId(source.sourceName, source.name));
    if (out === undefined || path === undefined) return [];
    return [[externalLocation(source).path, { files: out, path }] as const];
  });
  return elsewhere.length === 0 ? project : project.over(redirectedFiles(project.host.files, new Map(elsewhere)));
}
