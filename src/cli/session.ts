import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { CancellationSource } from '../core/diagnostics/cancellation.ts';
import type { ProfilesFile } from '../core/project/readTarget.ts';
import { ModelyardProject } from '../core/service/modelyardProject.ts';
import { nodeEngineAssets, startEngine } from '../engine/node/startEngine.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError, type OptionName, type ParsedArguments } from './parseArguments.ts';
import { readVars } from './varsOption.ts';

/** One call of the command line on one project. */
export interface Session {
  readonly project: ModelyardProject;
  readonly folder: string;
  readonly cancellation: CancellationSource;
  readonly value: (name: OptionName) => string | undefined;
  readonly list: (name: OptionName) => readonly string[];
  readonly has: (name: OptionName) => boolean;
}

/** Folder of the build: the bundle of the command line stands in it. */
export const distFolder = __dirname;

/** Opens the project that the options name; Ctrl+C cancels what runs. */
export async function openSession(parsed: ParsedArguments): Promise<Session> {
  const list = (name: OptionName): readonly string[] => parsed.values.get(name) ?? [];
  const value = (name: OptionName): string | undefined => list(name).at(-1);
  const folder = path.resolve(value('project-dir') ?? process.env['DBT_PROJECT_DIR'] ?? '.');
  const profiles = await outsideProfiles(folder, value('profiles-dir') ?? process.env['DBT_PROFILES_DIR']);
  const project = new ModelyardProject(
    {
      files: nodeFiles(folder),
      engine: startEngine(nodeEngineAssets(distFolder)),
      clock: { now: () => Date.now() },
      environmentVariable: (name) => process.env[name],
      newId: randomUUID,
      profiles: () => Promise.resolve(profiles),
    },
    { targetName: value('target'), vars: readVars(value('vars')) },
  );
  const cancellation = new CancellationSource();
  process.once('SIGINT', () => cancellation.cancel());
  process.once('SIGTERM', () => cancellation.cancel());
  return { project, folder, cancellation, value, list, has: (name) => parsed.values.has(name) };
}

/** profiles.yml of a named folder, else none when the project has its own, else that of the user's home (dbt's order). */
async function outsideProfiles(folder: string, named: string | undefined): Promise<ProfilesFile | undefined> {
  const own = await fs.stat(path.join(folder, 'profiles.yml')).catch(() => undefined);
  const from =
    named === undefined ? (own === undefined ? path.join(os.homedir(), '.dbt') : undefined) : path.resolve(named);
  if (from === undefined) return undefined;
  const file = path.join(from, 'profiles.yml');
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined && named !== undefined) throw new UsageError(`There is no profiles.yml in ${from}.`);
  return text === undefined ? undefined : { file, text };
}
