import fs from 'node:fs/promises';
import path from 'node:path';
import { projectFile } from '../core/project/readProjectConfig.ts';
import { checkCommand } from './checkCommand.ts';
import { cleanCommand } from './cleanCommand.ts';
import { compileCommand } from './compileCommand.ts';
import { createCommand } from './createCommand.ts';
import { depsCommand } from './depsCommand.ts';
import { docsCommand } from './docsCommand.ts';
import { exportCommand, exportDagCommand } from './exportCommand.ts';
import { freshnessCommand } from './freshnessCommand.ts';
import { generateCommand } from './generateCommand.ts';
import { listCommand } from './listCommand.ts';
import { commandForm, type CommandName } from './options/commandOptions.ts';
import { checkOutput, parseArguments, type ParsedArguments } from './options/parseArguments.ts';
import { readProjectFlags } from './options/projectFlags.ts';
import { resolveOptions, type Options } from './options/resolveOptions.ts';
import { UsageError, usageErrorText } from './options/usageError.ts';
import { parseCommand } from './parseCommand.ts';
import { retryCommand } from './retryCommand.ts';
import { runCommand } from './runCommand.ts';
import { runOperationCommand } from './runOperationCommand.ts';
import { openSession, projectFolder, type Session } from './session.ts';
import { showCommand } from './showCommand.ts';
import { simulateCommand } from './simulateCommand.ts';
import { usage } from './usage.ts';
import { version } from './version.ts';

/** What runs each command on a project; it gives dbt's exit code: 0 all well, 1 a node failed, 2 anything else. */
const commands: Readonly<Record<Exclude<CommandName, 'create'>, (session: Session) => Promise<number>>> = {
  build: (session) => runCommand(session, 'build'),
  run: (session) => runCommand(session, 'run'),
  snapshot: (session) => runCommand(session, 'snapshot'),
  test: (session) => runCommand(session, 'test'),
  seed: (session) => runCommand(session, 'seed'),
  parse: parseCommand,
  deps: depsCommand,
  retry: retryCommand,
  generate: generateCommand,
  check: checkCommand,
  simulate: simulateCommand,
  clean: cleanCommand,
  export: exportCommand,
  'export airflow': exportDagCommand,
  ls: listCommand,
  list: listCommand,
  compile: compileCommand,
  'docs generate': docsCommand,
  show: showCommand,
  'source freshness': freshnessCommand,
  'source snapshot-freshness': freshnessCommand,
  'run-operation': runOperationCommand,
};

/** Runs one command line and gives the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    const { command, argument, given } = parsed;
    if (given.has('version')) return print(`modelyard ${version}`, 0);
    if (given.has('help') || command === undefined)
      return print(usage, command === undefined && !given.has('help') ? 2 : 0);
    if (command === 'create') return await createCommand(argument);
    const session = await openSession(await readOptions(command, parsed));
    try {
      return await commands[command](session);
    } finally {
      await session.project.close();
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(usageErrorText(error));
    return 2;
  }
}

/** The options of the command line, the environment and the project's flags. */
async function readOptions(command: CommandName, { argument, given }: ParsedArguments): Promise<Options> {
  const environmentVariable = (name: string): string | undefined => process.env[name];
  const without = resolveOptions(command, argument, given, { environmentVariable, flags: new Map() });
  const file = path.join(projectFolder(without), projectFile);
  const flags = readProjectFlags(await fs.readFile(file, 'utf8').catch(() => undefined));
  const options = resolveOptions(command, argument, given, { environmentVariable, flags });
  const { outputs } = commandForm(command);
  if (outputs !== undefined) checkOutput(options.value('output'), outputs, command);
  return options;
}

function print(text: string, code: number): number {
  console.log(text);
  return code;
}
