import { checkCommand } from './checkCommand.ts';
import { cleanCommand } from './cleanCommand.ts';
import { createCommand } from './createCommand.ts';
import { docsCommand } from './docsCommand.ts';
import { generateCommand } from './generateCommand.ts';
import { compileCommand, listCommand, showCommand } from './lookCommands.ts';
import { parseCommand } from './parseCommand.ts';
import { parseArguments, UsageError, type OptionName, type ParsedArguments } from './parseArguments.ts';
import { retryCommand } from './retryCommand.ts';
import { runCommand } from './runCommand.ts';
import { openSession, type Session } from './session.ts';
import { version } from './version.ts';

const usage = `modelyard ${version}: dbt projects, offline

  modelyard create DIR              write the sample project
  modelyard generate [--rows N] [--table T=N …] [--seed S] [--format csv|ndjson] [--out DIR]
                    [--extend] [--defects RATE] [--no-tests]
                                    write sample data that obeys the project's rules
  modelyard check [--format text|json|csv]
                                    every row of the data that breaks a rule, and why
  modelyard clean [--repair RULE=keep_latest|keep_first|drop|empty …] [--out DIR] [--yes]
                                    what cleaning the data would change; with --out or --yes, does it
  modelyard build | run | test | seed | snapshot [--select …] [--exclude …]
  modelyard retry                   what did not end well in the last run, again
  modelyard ls [--select …] [--resource-type …] [--output name|path|selector|json]
  modelyard compile [--select …]
  modelyard parse                   reads the project and writes manifest.json
  modelyard docs generate           manifest.json and catalog.json
  modelyard show --select MODEL [--limit N], or --inline SQL

Options of every command: --project-dir DIR, --profiles-dir DIR, --target NAME, --vars YAML, --quiet
`;

interface Command {
  readonly run: (session: Session) => Promise<number>;
  /** Options that it takes beside those of every command. */
  readonly options: readonly OptionName[];
}

const everyCommand: readonly OptionName[] = ['project-dir', 'profiles-dir', 'target', 'vars', 'quiet'];
const selection: readonly OptionName[] = ['select', 'exclude', 'indirect-selection'];
const running: readonly OptionName[] = [...selection, 'full-refresh', 'store-failures', 'threads'];

/** Commands by name; each gives dbt's exit code: 0 all well, 1 a node failed, 2 anything else. */
const commands: Readonly<Record<string, Command>> = {
  build: { run: (session) => runCommand(session, 'build'), options: running },
  run: { run: (session) => runCommand(session, 'run'), options: running },
  snapshot: { run: (session) => runCommand(session, 'snapshot'), options: running },
  parse: { run: parseCommand, options: ['threads'] },
  retry: { run: retryCommand, options: ['threads'] },
  test: { run: (session) => runCommand(session, 'test'), options: running },
  seed: { run: (session) => runCommand(session, 'seed'), options: running },
  generate: {
    run: generateCommand,
    options: ['rows', 'table', 'seed', 'format', 'out', 'no-tests', 'extend', 'defects'],
  },
  check: { run: checkCommand, options: ['format'] },
  clean: { run: cleanCommand, options: ['out', 'yes', 'repair'] },
  ls: { run: listCommand, options: [...selection, 'resource-type', 'output'] },
  list: { run: listCommand, options: [...selection, 'resource-type', 'output'] },
  compile: { run: compileCommand, options: selection },
  'docs generate': { run: docsCommand, options: ['select', 'exclude', 'threads'] },
  show: { run: showCommand, options: [...selection, 'limit', 'inline'] },
};

/** Runs one command line and gives the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    if (parsed.values.has('version')) return print(`modelyard ${version}`, 0);
    if (parsed.values.has('help') || parsed.command === undefined)
      return print(usage, parsed.command === undefined ? 2 : 0);
    if (parsed.command === 'create') return await createCommand(parsed.words[0]);
    const [name, words] = commandName(parsed.command, parsed.words);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`No such command '${name}'.`);
    if (words.length > 0) throw new UsageError(`Got unexpected extra argument (${words.join(' ')})`);
    refuseOptions(parsed, command);
    const session = await openSession(parsed);
    try {
      return await command.run(session);
    } finally {
      await session.project.close();
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`Error: ${error.message}\nTry 'modelyard --help' for help.`);
    return 2;
  }
}

/** The command, which for `docs` is two words, and the words that are left. */
function commandName(first: string, [second, ...rest]: readonly string[]): readonly [string, readonly string[]] {
  if (first === 'docs' && second !== undefined) return [`docs ${second}`, rest];
  return [first, second === undefined ? [] : [second, ...rest]];
}

/** No option is silently ignored: one that the command does not take is refused. */
function refuseOptions({ command, values }: ParsedArguments, { options }: Command): void {
  const other = [...values.keys()].find((name) => !everyCommand.includes(name) && !options.includes(name));
  if (other !== undefined) throw new UsageError(`'${command ?? ''}' has no option --${other}.`);
}

function print(text: string, code: number): number {
  console.log(text);
  return code;
}
