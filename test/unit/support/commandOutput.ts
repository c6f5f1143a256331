import { mock } from 'node:test';
import { checkCommand } from '../../../src/cli/checkCommand.ts';
import { cleanCommand } from '../../../src/cli/cleanCommand.ts';
import { generateCommand } from '../../../src/cli/generateCommand.ts';
import { compileCommand, listCommand, showCommand } from '../../../src/cli/lookCommands.ts';
import { parseArguments, type OptionName } from '../../../src/cli/parseArguments.ts';
import { parseCommand } from '../../../src/cli/parseCommand.ts';
import { retryCommand } from '../../../src/cli/retryCommand.ts';
import { runCommand } from '../../../src/cli/runCommand.ts';
import type { Session } from '../../../src/cli/session.ts';
import { readVars } from '../../../src/cli/varsOption.ts';
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
};

/** Runs one command line of a project in memory, in this process, and gives what it prints. */
export async function commandOutput(host: TestProjectHost, args: readonly string[]): Promise<CommandOutput> {
  const { command, values } = parseArguments(args);
  const list = (name: OptionName): readonly string[] => values.get(name) ?? [];
  const value = (name: OptionName): string | undefined => list(name).at(-1);
  const run = commands[command ?? ''];
  if (run === undefined) throw new Error(`no command ${String(command)}`);
  const { project } = await testProject({}, { ...host, targetName: value('target'), vars: readVars(value('vars')) });
  const has = (name: OptionName): boolean => values.has(name);
  const lines: string[] = [];
  const errors: string[] = [];
  const log = mock.method(console, 'log', (text: string) => lines.push(...text.split('\n')));
  const error = mock.method(console, 'error', (text: string) => errors.push(...text.split('\n')));
  try {
    const code = await run({ project, folder: '', cancellation: new CancellationSource(), value, list, has });
    return { code, lines, errors };
  } finally {
    log.mock.restore();
    error.mock.restore();
    await project.close();
  }
}
