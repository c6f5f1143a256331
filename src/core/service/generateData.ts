import { generate, type GeneratedTable, type GenerationProgress } from '../datagen/generate.ts';
import { tablesFromSources } from '../datagen/fromSources.ts';
import { placeTables } from '../datagen/placeTables.ts';
import { planGeneration, type GenerationOptions } from '../datagen/planGeneration.ts';
import { rowFormats, type RowFormatName } from '../datagen/rowFormat.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { columnsRead } from './columnsRead.ts';
import type { ModelyardProject } from './modelyardProject.ts';

export interface GenerateRequest extends GenerationOptions {
  readonly cancellation: Cancellation;
  readonly progress: (progress: GenerationProgress) => void | Promise<void>;
  /** CSV when undefined. */
  readonly format?: RowFormatName;
  /** A folder that the files go into by their names; without it they go to where the project reads them. */
  readonly out?: Pick<ProjectFiles, 'openWrite'>;
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
): Promise<Outcome<readonly GeneratedTable[] | undefined>> {
  const read = await project.read();
  if (read.project === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const columns = read.manifest === undefined ? undefined : columnsRead(project, read.manifest);
  const format = rowFormats[request.format ?? 'csv'];
  const apart = request.out !== undefined;
  const placed = placeTables(tablesFromSources(read.project.properties.sources, columns), { format, apart });
  if (hasErrors(placed.diagnostics)) return { value: undefined, diagnostics: placed.diagnostics };
  const plan = planGeneration(placed.value, request);
  if (plan.value === undefined || hasErrors(plan.diagnostics))
    return { value: undefined, diagnostics: plan.diagnostics };
  const planned = plan.value;
  const files = request.out ?? project.host.files;
  const { progress, cancellation } = request;
  const value = await project.exclusively(() =>
    generate(planned, (path) => files.openWrite(path), { progress, cancellation, format }),
  );
  project.changed();
  return { value, diagnostics: plan.diagnostics };
}
