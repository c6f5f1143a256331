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
import { customVariables } from './customVariables.ts';
import { nodeFiles } from './nodeFiles.ts';
import { invocationArgs } from './options/invocationArgs.ts';
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
  const profilesFolder = await profilesFolderOf(folder, options.value('profiles-dir'));
  const profiles = await outsideProfiles(folder, profilesFolder, options.value('profiles-dir') !== undefined);
  const invocationId = randomUUID();
  const console = openConsole(options, invocationId);
  const project = new ModelyardProject(
    {
      files: nodeFiles(folder),
      engine,
      clock: { now: () => Date.now() },
      environmentVariable: (name) => process.env[name],
      customVariables: () => customVariables(process.env),
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
      args: invocationArgs(options, {
        projectFolder: folder,
        profilesFolder,
        written: ['modelyard', ...process.argv.slice(2)].join(' '),
      }),
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

/** The folder that is named, else the project's when it has a profiles.yml, else that of the user's home (dbt's order). */
async function profilesFolderOf(folder: string, named: string | undefined): Promise<string> {
  if (named !== undefined) return path.resolve(named);
  const own = await fs.stat(path.join(folder, 'profiles.yml')).catch(() => undefined);
  return own === undefined ? path.join(os.homedir(), '.dbt') : folder;
}

/** profiles.yml of another folder than the project's, or of one that was named. */
async function outsideProfiles(folder: string, from: string, isNamed: boolean): Promise<ProfilesFile | undefined> {
  if (from === folder && !isNamed) return undefined;
  const file = path.join(from, 'profiles.yml');
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined && isNamed) throw new UsageError(`There is no profiles.yml in ${from}.`);
  return text === undefined ? undefined : { file, text };
}
