import fs from 'node:fs/promises';
import path from 'node:path';
import type { ProjectOptions } from '../core/service/projectOptions.ts';
import type { Options } from './options/resolveOptions.ts';
import { UsageError } from './options/usageError.ts';

/** `--state`, `--defer`, `--defer-state` and `--favor-state`: the artifacts of another run, read before this one writes. */
export async function otherRun(folder: string, options: Options): Promise<Pick<ProjectOptions, 'state' | 'deferral'>> {
  const stateFolder = options.value('state');
  const read = (from: string, name: string): Promise<string | undefined> =>
    fs.readFile(path.resolve(folder, from, name), 'utf8').catch(() => undefined);
  const state =
    stateFolder === undefined
      ? undefined
      : {
          folder: stateFolder,
          manifest: await read(stateFolder, 'manifest.json'),
          runResults: await read(stateFolder, 'run_results.json'),
          sources: await read(stateFolder, 'sources.json'),
        };
  if (!options.has('defer')) return { state };
  const deferFolder = options.value('defer-state') ?? stateFolder;
  if (deferFolder === undefined)
    throw new UsageError('--state or --defer-state are required for deferral, but neither was provided');
  const manifest = await read(deferFolder, 'manifest.json');
  if (manifest === undefined) {
    const option = options.value('defer-state') === undefined ? 'state' : 'defer-state';
    throw new UsageError(`Could not find manifest in --${option} path: "${deferFolder}"`);
  }
  return { state, deferral: { manifest, favorsState: options.has('favor-state') } };
}
