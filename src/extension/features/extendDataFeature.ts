import { defaultGeneration } from '../../core/service/generateData.ts';
import type { CurrentWork } from '../currentWork.ts';
import { askForRows, writeRows } from './generateFeature.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';

/** What may be given instead of being asked for. */
export interface ExtendAnswers {
  /** Rows of each table when it is extended, those that are there included. */
  readonly rows?: number;
  readonly seed?: number | string;
}

/** "Extend Data": asks for a number of rows, and puts new rows of the same shape behind those that are there. */
export async function extendData(services: Services, work: CurrentWork, answers: ExtendAnswers = {}): Promise<boolean> {
  const current = await openTrustedProject(services, 'extend');
  if (current === undefined) return false;
  const rows = answers.rows ?? (await askForRows('Extend Data', 'Rows in each table, those that are there included'));
  if (rows === undefined) return false;
  const { project } = current;
  const files = [...(current.read.manifest?.nodes.values() ?? [])].flatMap((node) =>
    node.resourceType === 'source' && node.dataFile !== undefined ? [node.dataFile] : [],
  );
  const foreign = new Set(await services.made.foreign(project, files));
  const seed = answers.seed ?? defaultGeneration.seed;
  const written = await writeRows(services, work, project, { rows, seed, title: 'Extending the data', extend: true });
  // A file that begins with the user's own rows stays the user's own.
  await services.made.made(project, written?.filter((file) => !foreign.has(file)) ?? []);
  return written !== undefined;
}
