import fs from 'node:fs/promises';
import path from 'node:path';
import { createSampleProject, sampleProjectFolder, type SampleFile } from '../core/service/sampleProject.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './options/usageError.ts';
import { distFolder } from './session.ts';

/** `modelyard create DIR`: writes the sample project. */
export async function createCommand(folder: string | undefined): Promise<number> {
  if (folder === undefined) throw new UsageError("Missing argument 'DIR': the folder to write the sample project to.");
  const shipped = path.dirname(distFolder);
  const index = await fs.readFile(path.join(distFolder, 'sampleFiles.json'), 'utf8');
  const result = await createSampleProject(nodeFiles(path.resolve(folder)), JSON.parse(index) as SampleFile[], (from) =>
    fs.readFile(path.join(shipped, from)),
  );
  if (result.kind === 'occupied') {
    console.error(`Nothing was written: ${folder} already has ${result.files.join(', ')}.`);
    return 1;
  }
  console.log(`Wrote the sample project (${String(result.files.length)} files) to ${folder}.`);
  console.log(`Next: cd ${path.join(folder, sampleProjectFolder)}, then modelyard generate, then modelyard build.`);
  return 0;
}
