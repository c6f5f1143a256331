import { mock } from 'node:test';
import { checkCommand } from '../../../src/cli/checkCommand.ts';
import { cleanCommand } from '../../../src/cli/cleanCommand.ts';
import { messageTeller } from '../../../src/cli/console/tellMessage.ts';
import { docsCommand } from '../../../src/cli/docsCommand.ts';
import { freshnessCommand } from '../../../src/cli/freshnessCommand.ts';
import { generateCommand } from '../../../src/cli/generateCommand.ts';
import { compileCommand } from '../../../src/cli/compileCommand.ts';
import { openConsole } from '../../../src/cli/console/consoleOptions.ts';
import { listCommand } from '../../../src/cli/listCommand.ts';
import { invocationArgs } from '../../../src/cli/options/invocationArgs.ts';
import { parseArguments } from '../../../src/cli/options/parseArguments.ts';
import { readProjectFlags } from '../../../src/cli/options/projectFlags.ts';
import { resolveOptions, type Options } from '../../../src/cli/options/resolveOptions.ts';
import { readVars } from '../../../src/cli/options/varsOption.ts';
import { warningRules } from '../../../src/cli/options/warningOption.ts';
import { parseCommand } from '../../../src/cli/parseCommand.ts';
import { retryCommand } from '../../../src/cli/retryCommand.ts';
import { runOperationCommand } from '../../../src/cli/runOperationCommand.ts';
import { runCommand } from '../../../src/cli/runCommand.ts';
import type { Session } from '../../../src/cli/session.ts';
import { simulateCommand } from '../../../src/cli/simulateCommand.ts';
import { showCommand } from '../../../src/cli/showCommand.ts';
import { CancellationSource } from '../../../src/core/diagnostics/cancellation.ts';
import { testProject, type TestProjectHost } from './testProject.ts';

export interface CommandOutput {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

const commands: Readonly<Record<string, (session: Session) => Promise<number>>> = {
  build: (session) => runCommand(session, 'build'),
  run: (session) => runCommand(session, 'run'),
  test: (session) => runCommand(session, 'test'),
  'run-operation': runOperationCommand,
  seed: (session) => runCommand(session, 'seed'),
  snapshot: (session) => runCommand(session, 'snapshot'),
  retry: retryCommand,
  parse: parseCommand,
  generate: generateCommand,
  check: checkCommand,
  clean: cleanCommand,
  ls: listCommand,
  compile: compileCommand,
  show: showCommand,
  simulate: simulateCommand,
  'source freshness': freshnessCommand,
  'docs generate': docsCommand,
};

/** Runs one command line of a project in memory, in this process, and gives what it prints. */
export async function commandOutput(host: TestProjectHost, args: readonly string[]): Promise<CommandOutput> {
  const { command, argument, given } = parseArguments(args);
  const run = commands[command ?? ''];
  if (run === undefined || command === undefined) throw new Error(`no command ${String(command)}`);
  const flags = readProjectFlags(await host.files?.readText('dbt_project.yml'));
  const environmentVariable = (name: string): string | undefined => host.environment?.[name];
  const options = resolveOptions(command, argument, given, { environmentVariable, flags });
  const session = await openTestSession(host, options);
  const lines: string[] = [];
  const errors: string[] = [];
  const log = mock.method(console, 'log', (text: string) => lines.push(...text.split('\n')));
  const error = mock.method(console, 'error', (text: string) => errors.push(...text.split('\n')));
  try {
    return { code: await run(session), lines, errors };
  } finally {
    log.mock.restore();
    error.mock.restore();
    await session.project.close();
  }
}

async function openTestSession(host: TestProjectHost, options: Options): Promise<Session> {
  const console = openConsole(options, 'invocation');
  const { project } = await testProject(
    {},
    {
      ...host,
      say: messageTeller(options.command, console),
      targetName: options.value('target'),
      profileName: options.value('profile'),
      targetPath: options.value('target-path'),
      vars: readVars(options.value('vars')),
      warnings: warningRules(options),
      writesNoJson: options.isOff('write-json'),
      args: invocationArgs(options, { projectFolder: '/shop', profilesFolder: '/shop', written: '' }),
    },
  );
  return {
    project,
    folder: '',
    options,
    console,
    cancellation: new CancellationSource(),
    reopen: (others) => openTestSession(host, others),
  };
}
