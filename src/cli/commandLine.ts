import { createCommand } from './createCommand.ts';
import { generateCommand } from './generateCommand.ts';
import { compileCommand, listCommand, showCommand } from './lookCommands.ts';
import { UsageError, parseArguments } from './parseArguments.ts';
import { runCommand } from './runCommand.ts';
import { openSession, type Session } from './session.ts';
import { version } from './version.ts';

const usage = `modelyard ${version}: dbt projects, offline

  modelyard create DIR              write the sample project
  modelyard generate [--rows N] [--seed S]
                                    write sample data that obeys the project's rules
  modelyard build | run | test | seed [--select …] [--exclude …]
  modelyard ls [--select …] [--resource-type …] [--output name|path|selector|json]
  modelyard compile [--select …]
  modelyard show --select MODEL [--limit N], or --inline SQL

Options of every command: --project-dir DIR, --profiles-dir DIR, --target NAME, --vars YAML, --quiet
`;

/** Commands by name; each gives dbt's exit code: 0 all well, 1 a node failed, 2 anything else. */
const commands: Readonly<Record<string, (session: Session) => Promise<number>>> = {
  build: (session) => runCommand(session, 'build'),
  run: (session) => runCommand(session, 'run'),
  test: (session) => runCommand(session, 'test'),
  seed: (session) => runCommand(session, 'seed'),
  generate: generateCommand,
  ls: listCommand,
  list: listCommand,
  compile: compileCommand,
  show: showCommand,
};

/** Runs one command line and gives the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    if (parsed.values.has('version')) return print(`modelyard ${version}`, 0);
    if (parsed.values.has('help') || parsed.command === undefined)
      return print(usage, parsed.command === undefined ? 2 : 0);
    if (parsed.command === 'create') return await createCommand(parsed.words[0]);
    const command = Object.hasOwn(commands, parsed.command) ? commands[parsed.command] : undefined;
    if (command === undefined) throw new UsageError(`No such command '${parsed.command}'.`);
    if (parsed.words.length > 0) throw new UsageError(`Got unexpected extra argument (${parsed.words.join(' ')})`);
    const session = await openSession(parsed);
    try {
      return await command(session);
    } finally {
      await session.project.close();
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`Error: ${error.message}\nTry 'modelyard --help' for help.`);
    return 2;
  }
}

function print(text: string, code: number): number {
  console.log(text);
  return code;
}
