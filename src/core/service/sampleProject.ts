import type { ProjectFiles } from '../project/projectFiles.ts';

/** A file of the sample: where it is shipped, and where it goes in the user's folder. */
export interface SampleFile {
  readonly from: string;
  readonly to: string;
}

/** Folder of the dbt project within the sample. */
export const sampleProjectFolder = 'dbt_project';

/** What writing the sample did: the files that were written, or those in the way, and then nothing was written. */
export type SampleResult =
  | { readonly kind: 'written'; readonly files: readonly string[] }
  | { readonly kind: 'occupied'; readonly files: readonly string[] };

/** Writes the sample project into a folder, over nothing that is there. */
export async function createSampleProject(
  folder: ProjectFiles,
  sample: readonly SampleFile[],
  readSample: (from: string) => Promise<Uint8Array>,
): Promise<SampleResult> {
  const present = new Set(await folder.list());
  const occupied = sample.filter(({ to }) => present.has(to)).map(({ to }) => to);
  if (occupied.length > 0) return { kind: 'occupied', files: occupied };
  for (const { from, to } of sample) await folder.write(to, await readSample(from));
  return { kind: 'written', files: sample.map(({ to }) => to) };
}
