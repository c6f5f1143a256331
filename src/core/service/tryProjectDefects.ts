import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { DataTable } from '../datagen/dataModel.ts';
import type { FileSink, ProjectFiles } from '../project/projectFiles.ts';
import type { CheckHost } from '../quality/checkData.ts';
import type { PlantingOptions } from '../quality/defects/plantDefects.ts';
import { defectLedger, SpoiledFile, writtenDefects } from '../quality/defects/spoiledFile.ts';
import { tryDefects, type DefectReport } from '../quality/defects/tryDefects.ts';
import type { RawTable } from '../quality/rawTable.ts';
import { onDataApart } from './checkProject.ts';
import { describeData } from './describeData.ts';
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
    const describe = (raw: readonly RawTable[]): readonly DataTable[] => describeData(context.manifest, raw);
    return tryDefects({ ...context, clock: project.host.clock, describe }, options, host);
  });
}

/** Where a spoiled file is read from and written to. */
export interface SpoiledPlace {
  readonly files: ProjectFiles;
  readonly path: string;
}

/**
 * Writes the defects of a report into the data files, and the ledger of them beside the first; all are seen only when
 * all are whole. Gives the ledger's path.
 */
export async function writeDefects(
  project: ModelyardProject,
  { kinds }: DefectReport,
  placeOf: (table: RawTable) => SpoiledPlace,
): Promise<string | undefined> {
  const written = writtenDefects(kinds);
  const spoiled = new Map(written.map(({ kind }) => [kind.table, new SpoiledFile(kind.table, written)]));
  const tables = [...spoiled.keys()];
  const [first] = tables;
  if (first === undefined) return undefined;
  return project.exclusively(async () => {
    const open: FileSink[] = [];
    try {
      for (const [table, file] of spoiled) {
        const { files, path } = placeOf(table);
        const chunks = await files.stream(path);
        if (chunks === undefined) continue;
        const sink = await files.openWrite(path);
        open.push(sink);
        for await (const piece of file.bytes(chunks)) await sink.write(piece);
      }
      const { files, path } = placeOf(first);
      const ledger = [...path.split('/').slice(0, -1), 'defects.csv'].join('/');
      const sink = await files.openWrite(ledger);
      open.push(sink);
      await sink.write(defectLedger(written, (table) => spoiled.get(table)?.lines));
      while (open[0] !== undefined) {
        await open[0].commit();
        open.shift();
      }
      project.changed();
      return ledger;
    } finally {
      // Empty after success: what is left here was not committed.
      await Promise.allSettled(open.map((sink) => sink.abort()));
    }
  });
}
