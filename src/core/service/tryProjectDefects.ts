import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { DataTable } from '../datagen/dataModel.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { writeTogether } from '../project/writeTogether.ts';
import type { CheckHost } from '../quality/checkData.ts';
import type { PlantingOptions } from '../quality/defects/plantDefects.ts';
import { defectLedger, SpoiledFile, writtenDefects } from '../quality/defects/spoiledFile.ts';
import { tryDefects, type DefectReport } from '../quality/defects/tryDefects.ts';
import type { RawTable } from '../quality/rawTable.ts';
import { onDataApart } from './checkProject.ts';
import { describeData, idOfRaw } from './describeData.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** Share of the rows that gets each kind of defect when nobody says. */
export const defaultDefectRate = 0.01;

/**
 * Spoils copies of a project's rows in every way that its rules forbid, and finds which tests notice. The project's
 * data files stay as they are. Rejects with `Cancelled`.
 */
export function tryProjectDefects(
  project: ModelyardProject,
  options: PlantingOptions,
  host: CheckHost,
): Promise<Outcome<DefectReport | undefined>> {
  return onDataApart(project, host.cancellation, (context) => {
    const describe = async (raw: readonly RawTable[]): Promise<ReadonlyMap<RawTable, DataTable>> => {
      const described = await describeData(context.manifest, context.files, raw, true);
      const byId = new Map(described.map((table) => [table.id, table]));
      return new Map(
        raw.flatMap((table) => {
          const found = byId.get(idOfRaw(table));
          return found === undefined ? [] : [[table, found] as const];
        }),
      );
    };
    return tryDefects({ ...context, clock: project.host.clock, describe }, options, host);
  });
}

/**
 * Writes the defects of a report into the data files, and the ledger of them beside the first; all are seen only when
 * all are whole. Gives the ledger's path.
 */
export async function writeDefects(
  project: ModelyardProject,
  { kinds }: DefectReport,
  files: ProjectFiles,
  pathOf: (table: RawTable) => string,
): Promise<string | undefined> {
  const written = writtenDefects(kinds);
  const spoiled = new Map(written.map(({ kind }) => [kind.table, new SpoiledFile(kind.table, written)]));
  const [first] = spoiled.keys();
  if (first === undefined) return undefined;
  const ledger = [...pathOf(first).split('/').slice(0, -1), 'defects.csv'].join('/');
  await project.exclusively(() =>
    writeTogether(
      (path) => files.openWrite(path),
      async (open) => {
        for (const [table, file] of spoiled) {
          const chunks = await files.stream(pathOf(table));
          if (chunks === undefined) continue;
          const sink = await open(pathOf(table));
          for await (const piece of file.bytes(chunks)) await sink.write(piece);
        }
        const sink = await open(ledger);
        await sink.write(defectLedger(written, (table) => spoiled.get(table)?.lines));
      },
    ),
  );
  project.changed();
  return ledger;
}
