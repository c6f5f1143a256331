import { generate, type GeneratedTable, type GenerationProgress } from '../datagen/generate.ts';
import { placeTables } from '../datagen/placeTables.ts';
import { planGeneration, type GenerationOptions } from '../datagen/planGeneration.ts';
import { rowFormats, type RowFormatName } from '../datagen/rowFormat.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import { diagnostic, hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { isHalfRead } from './checkProject.ts';
import { columnsRead } from './columnsRead.ts';
import { describeTables } from './describeData.ts';
import { judgeData, type DataVerdict, type JudgeRequest } from './judgeData.ts';
import type { ModelyardProject } from './modelyardProject.ts';
import { planExtension, type ExtensionPlan } from './planExtension.ts';
import { redirectedFiles } from './redirectedFiles.ts';

export interface GenerateRequest extends GenerationOptions {
  readonly cancellation: Cancellation;
  readonly progress: (progress: GenerationProgress) => void | Promise<void>;
  /** CSV when undefined. */
  readonly format?: RowFormatName;
  /** A folder that the files go into by their names; without it they go to where the project reads them. */
  readonly out?: ProjectFiles;
  /** Keeps the rows that are there and puts new ones of their shape behind them; CSV only. */
  readonly extend?: boolean;
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

/** Above this the engine, which holds all rows in memory, comes near its 2 GiB while models are built. */
const mostRowsJudged = 6_000_000;

/**
 * Writes a file for every source of the project whose rows obey the project's rules. Without a value nothing was
 * written, and the diagnostics say why. Rejects with `Cancelled`; the files that were there then stay.
 */
export async function generateData(
  project: ModelyardProject,
  request: GenerateRequest,
): Promise<Outcome<GeneratedData | undefined>> {
  const { value: planned, diagnostics } = await planRows(project, request);
  if (planned === undefined) return { value: undefined, diagnostics };
  const { plan, given } = planned;
  const files = request.out ?? project.host.files;
  const format = rowFormats[request.format ?? 'csv'];
  const { progress, cancellation } = request;
  const tables = await project.exclusively(() =>
    generate(plan, (path) => files.openWrite(path), {
      progress,
      cancellation,
      format,
      ...(given === undefined ? {} : { given }),
    }),
  );
  project.changed();
  if (!request.judge) return { value: { tables, verdict: undefined }, diagnostics };
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const isCsv = format === rowFormats.csv;
  const verdict = isCsv && rows <= mostRowsJudged ? await judge(project, request, tables) : undefined;
  const reason = isCsv ? `${String(rows)} rows are more than it holds well` : 'it reads CSV files';
  const unjudged = diagnostic('data.notJudged', { reason }, { file: tables[0]?.path ?? 'dbt_project.yml' });
  return { value: { tables, verdict }, diagnostics: verdict === undefined ? [...diagnostics, unjudged] : diagnostics };
}

/** Decides what will be made: rows from nothing, or behind those that are there. */
async function planRows(
  project: ModelyardProject,
  request: GenerateRequest,
): Promise<Outcome<(Pick<ExtensionPlan, 'plan'> & Partial<ExtensionPlan>) | undefined>> {
  const placement = { format: rowFormats[request.format ?? 'csv'], apart: request.out !== undefined };
  if (request.extend === true) {
    const host = { progress: () => undefined, cancellation: request.cancellation };
    return planExtension(project, request, placement, host);
  }
  const read = await project.read();
  if (read.project === undefined || isHalfRead(read.diagnostics))
    return { value: undefined, diagnostics: read.diagnostics };
  const columns = read.manifest === undefined ? undefined : columnsRead(project, read.manifest);
  const described = await describeTables(read.project, project.host.files, columns);
  const placed = placeTables(described.value, placement);
  if (hasErrors(placed.diagnostics)) return { value: undefined, diagnostics: placed.diagnostics };
  if (placed.value.length === 0) {
    const nothing = diagnostic('data.nothingToMake', {}, { file: 'dbt_project.yml' });
    return { value: undefined, diagnostics: [...described.diagnostics, nothing] };
  }
  const plan = planGeneration(placed.value, request);
  const diagnostics = [...described.diagnostics, ...plan.diagnostics];
  if (plan.value === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: { plan: plan.value }, diagnostics };
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
  if (out === undefined || read.project === undefined) return project;
  const described = await describeTables(read.project, project.host.files);
  const places = new Map(described.value.map((table) => [table.id, table.path]));
  const elsewhere = tables.flatMap(({ id, path }) => {
    const place = places.get(id);
    return place === undefined ? [] : [[place, { files: out, path }] as const];
  });
  return project.over(redirectedFiles(project.host.files, new Map(elsewhere)));
}
