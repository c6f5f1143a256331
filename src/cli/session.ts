import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { CancellationSource } from '../core/diagnostics/cancellation.ts';
import type { ProfilesFile } from '../core/project/readTarget.ts';
import { ModelyardProject } from '../core/service/modelyardProject.ts';
import { nodeEngineAssets, startEngine } from '../engine/node/startEngine.ts';
import type { Console } from './console/console.ts';
import { openConsole } from './console/consoleOptions.ts';
import { messageTeller } from './console/tellMessage.ts';
import { nodeFiles } from './nodeFiles.ts';
import { commandForm } from './options/commandOptions.ts';
import type { Options } from './options/resolveOptions.ts';
import { UsageError } from './options/usageError.ts';
import { otherRun } from './stateOptions.ts';
import { readVars } from './options/varsOption.ts';
import { warningRules } from './options/warningOption.ts';

/** One call of the command line on one project. */
export interface Session {
  readonly project: ModelyardProject;
  readonly folder: string;
  readonly options: Options;
  readonly console: Console;
  readonly cancellation: CancellationSource;
  /** The same project with other options; who opens it closes it. */
  readonly reopen: (options: Options) => Promise<Session>;
}

/** Folder of the build: the bundle of the command line stands in it. */
export const distFolder = __dirname;

/** The project's folder, as the options name it. */
export function projectFolder(options: Pick<Options, 'value'>): string {
  return path.resolve(options.value('project-dir') ?? '.');
}

/** Opens the project that the options name; Ctrl+C cancels what runs. */
export async function openSession(options: Options): Promise<Session> {
  const folder = projectFolder(options);
  const { needsDatabase = false, writesForTarget = false } = commandForm(options.command);
  const engine = startEngine(nodeEngineAssets(distFolder));
  const profiles = await outsideProfiles(folder, options.value('profiles-dir'));
  const invocationId = randomUUID();
  const console = openConsole(options, invocationId);
  const project = new ModelyardProject(
    {
      files: nodeFiles(folder),
      engine,
      clock: { now: () => Date.now() },
      environmentVariable: (name) => process.env[name],
      newId: () => invocationId,
      say: messageTeller(options.command, console),
      profiles: () => Promise.resolve(profiles),
    },
    {
      targetName: writesForTarget ? undefined : options.value('target'),
      profileName: options.value('profile'),
      targetPath: options.value('target-path'),
      vars: readVars(options.value('vars')),
      warnings: warningRules(options),
      writesNoJson: options.isOff('write-json'),
      ...(await otherRun(folder, options)),
    },
  );
  // Not before: what is wrong with the options ends the command.
  if (needsDatabase) engine.start();
  const cancellation = new CancellationSource();
  process.once('SIGINT', () => cancellation.cancel());
  process.once('SIGTERM', () => cancellation.cancel());
  return { project, folder, options, console, cancellation, reopen: openSession };
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
