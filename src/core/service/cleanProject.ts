import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { writeTogether } from '../project/writeTogether.ts';
import type { CheckHost } from '../quality/checkData.ts';
import { cleanedFile, isRejectsFile, rejectLine, rejectsHead, type RepairedRecord } from '../quality/cleanedFile.ts';
import { planCleaning, type CleanPlan } from '../quality/cleanData.ts';
import type { RepairChoices } from '../quality/repair.ts';
import type { TableRepairs } from '../quality/tableRepairs.ts';
import { onDataApart } from './checkProject.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** A plan with the state of the files that it was made from. */
export interface CleaningPlan extends CleanPlan {
  /** Versions of the data files, by path. */
  readonly versions: ReadonlyMap<string, string | undefined>;
}

/** Where cleaned files go: a folder, under their own names, or the place of the raw ones. */
export type CleanTarget = ({ readonly kind: 'folder'; readonly files: ProjectFiles } | { readonly kind: 'inPlace' }) & {
  /** What is there may be overwritten. */
  readonly overwrite: boolean;
};

/** What cleaning wrote. */
export interface CleanedFiles {
  readonly files: readonly { readonly path: string; readonly rows: number }[];
  /** The file of rejects; undefined when nothing was rejected. */
  readonly rejects: string | undefined;
}

/** Decides what cleaning a project's data files would do. Nothing is written. Rejects with `Cancelled`. */
export function planProjectCleaning(
  project: ModelyardProject,
  host: CheckHost,
  choices: RepairChoices,
): Promise<Outcome<CleaningPlan | undefined>> {
  return onDataApart(project, host.cancellation, async (context) => {
    const plan = await planCleaning(context, host, choices);
    const found = plan.tables.map(async ({ table }): Promise<[string, string | undefined]> => [
      table.file,
      await context.files.version(table.file),
    ]);
    return { ...plan, versions: new Map(await Promise.all(found)) };
  });
}

/** The files that are not as they should be: those that cleaning would write. */
export function changedTables({ tables }: CleanPlan): readonly TableRepairs[] {
  return tables.filter((one) => one.obstacle === undefined && (one.records.size > 0 || one.changesForm));
}

/** What cleaning makes of one file. */
export interface CleanedPreview {
  readonly bytes: readonly Uint8Array[];
  /** The records that are repaired, as they were. */
  readonly repaired: readonly RepairedRecord[];
}

/** The cleaned bytes of one file, held whole, and the records that were repaired. Undefined when the file has gone. */
export async function previewCleaned(
  project: ModelyardProject,
  repairs: TableRepairs,
): Promise<CleanedPreview | undefined> {
  const bytes: Uint8Array[] = [];
  const repaired = await repairedRecords(project, repairs, (piece) => bytes.push(piece));
  return repaired === undefined ? undefined : { bytes, repaired };
}

/** The records of a file that cleaning repairs, as they are written. Undefined when the file has gone. */
export async function repairedRecords(
  project: ModelyardProject,
  repairs: TableRepairs,
  onCleaned: (piece: Uint8Array) => void = () => undefined,
): Promise<readonly RepairedRecord[] | undefined> {
  const chunks = await project.host.files.stream(repairs.table.file);
  if (chunks === undefined) return undefined;
  const repaired: RepairedRecord[] = [];
  for await (const piece of cleanedFile(chunks, repairs, (record) => repaired.push(record))) onCleaned(piece);
  return repaired;
}

/**
 * Writes the cleaned files and the file of rejects. In place, only files that change are written; a folder gets all of
 * them, so that it can stand in for the raw ones. Files are seen only when all are whole. Without a value nothing was
 * written: a file has changed since the plan, or one that is there would be overwritten and may not be.
 */
export async function writeCleaned(
  project: ModelyardProject,
  plan: CleaningPlan,
  target: CleanTarget,
): Promise<Outcome<CleanedFiles | undefined>> {
  return project.exclusively(async () => {
    const destination = destinationOf(project, plan, target);
    const refused = await obstacles(project, plan, destination, target);
    if (refused.length > 0) return { value: undefined, diagnostics: refused };
    const writable = plan.tables.filter((one) => one.obstacle === undefined);
    const isInPlace = target.kind === 'inPlace';
    const value = await writeAll(project, isInPlace ? changedTables(plan) : writable, destination, isInPlace);
    project.changed();
    return { value, diagnostics: [] };
  });
}

interface Destination {
  readonly files: ProjectFiles;
  readonly pathOf: (repairs: TableRepairs) => string;
  readonly rejects: string;
}

function destinationOf({ host }: ModelyardProject, { tables }: CleanPlan, target: CleanTarget): Destination {
  const paths = tables.map(({ table }) => table.file);
  if (target.kind === 'inPlace') {
    const [first = ''] = paths;
    const rejects = [...first.split('/').slice(0, -1), 'rejects.csv'].join('/');
    return { files: host.files, pathOf: ({ table }) => table.file, rejects };
  }
  const names = paths.map(baseName);
  const pathOf = ({ table }: TableRepairs): string => {
    const name = baseName(table.file);
    return names.filter((one) => one === name).length > 1 ? table.file : name;
  };
  return { files: target.files, pathOf, rejects: 'rejects.csv' };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function obstacles(
  { host }: ModelyardProject,
  plan: CleaningPlan,
  { files, pathOf, rejects }: Destination,
  target: CleanTarget,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const [file, version] of plan.versions) {
    if ((await host.files.version(file)) !== version)
      found.push(diagnostic('data.changedMeanwhile', { file }, { file }));
  }
  if (target.kind === 'inPlace') {
    const there = await files.readText(rejects);
    if (there !== undefined && !isRejectsFile(there))
      found.push(diagnostic('data.notRejects', { file: rejects }, { file: rejects }));
  }
  if (target.overwrite) return found;
  const paths = target.kind === 'inPlace' ? changedTables(plan).map(pathOf) : [...plan.tables.map(pathOf), rejects];
  for (const file of paths) {
    if ((await files.version(file)) !== undefined) found.push(diagnostic('data.wouldOverwrite', { file }, { file }));
  }
  return found;
}

async function writeAll(
  { host }: ModelyardProject,
  tables: readonly TableRepairs[],
  { files, pathOf, rejects }: Destination,
  keepsRejects: boolean,
): Promise<CleanedFiles> {
  return writeTogether(
    (path) => files.openWrite(path),
    async (open) => {
      const lines: Uint8Array[] = [];
      const written: { path: string; rows: number }[] = [];
      for (const repairs of tables) {
        const chunks = await host.files.stream(repairs.table.file);
        if (chunks === undefined) continue;
        const path = pathOf(repairs);
        const sink = await open(path);
        const onRepaired = (record: RepairedRecord): number => lines.push(rejectLine(repairs, record));
        for await (const piece of cleanedFile(chunks, repairs, onRepaired)) await sink.write(piece);
        written.push({ path, rows: repairs.kept });
      }
      if (lines.length === 0) return { files: written, rejects: undefined };
      // What an earlier cleaning in place has rejected is nowhere else.
      const before = (keepsRejects ? await files.readBytes(rejects) : undefined) ?? rejectsHead;
      const sink = await open(rejects);
      for (const piece of [before, ...lines]) await sink.write(piece);
      return { files: written, rejects };
    },
  );
}
