/** How an option takes values: none, one, or all words up to the next option (as dbt's --select does). */
type Arity = 'flag' | 'one' | 'many';

interface OptionDefinition {
  readonly arity: Arity;
  readonly short?: string;
}

/** The options of the command line, by dbt's names. */
const options = {
  select: { arity: 'many', short: 's' },
  exclude: { arity: 'many' },
  'store-failures': { arity: 'flag' },
  'indirect-selection': { arity: 'one' },
  'project-dir': { arity: 'one' },
  'profiles-dir': { arity: 'one' },
  target: { arity: 'one', short: 't' },
  vars: { arity: 'one' },
  threads: { arity: 'one' },
  'full-refresh': { arity: 'flag', short: 'f' },
  'resource-type': { arity: 'many' },
  output: { arity: 'one' },
  limit: { arity: 'one' },
  inline: { arity: 'one' },
  quiet: { arity: 'flag', short: 'q' },
  rows: { arity: 'one' },
  table: { arity: 'one' },
  seed: { arity: 'one' },
  format: { arity: 'one' },
  out: { arity: 'one' },
  'no-tests': { arity: 'flag' },
  defects: { arity: 'one' },
  extend: { arity: 'flag' },
  repair: { arity: 'many' },
  yes: { arity: 'flag', short: 'y' },
  version: { arity: 'flag' },
  help: { arity: 'flag', short: 'h' },
} as const satisfies Record<string, OptionDefinition>;

export type OptionName = keyof typeof options;

export interface ParsedArguments {
  readonly command: string | undefined;
  /** Words behind the command that belong to no option. */
  readonly words: readonly string[];
  readonly values: ReadonlyMap<OptionName, readonly string[]>;
}

/** A command line that cannot be understood; `message` says what is wrong with it. */
export class UsageError extends Error {}

/** dbt's spellings that mean the same. */
const aliases: Readonly<Record<string, OptionName>> = { model: 'select', models: 'select', m: 'select' };

/** Reads a command line. Throws `UsageError` for an option that is not known or lacks its value. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const words: string[] = [];
  const values = new Map<OptionName, string[]>();
  for (let i = 0; i < argv.length;) {
    const word = argv[i] ?? '';
    i += 1;
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [written, inline] = splitAtEquals(word);
    const name = optionNamed(written);
    const taken: string[] = inline === undefined ? [] : [inline];
    const { arity } = options[name];
    if (arity === 'flag') {
      if (inline !== undefined) throw new UsageError(`Option '${written}' does not take a value.`);
    } else if (inline === undefined) {
      const most = arity === 'one' ? 1 : Number.POSITIVE_INFINITY;
      while (taken.length < most && i < argv.length && !isOption(argv[i])) {
        taken.push(argv[i] ?? '');
        i += 1;
      }
      if (taken.length === 0) throw new UsageError(`Option '${written}' requires an argument.`);
    }
    values.set(name, [...(values.get(name) ?? []), ...taken]);
  }
  const [command, ...rest] = words;
  return { command, words: rest, values };
}

function splitAtEquals(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at === -1 || !word.startsWith('--') ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function optionNamed(written: string): OptionName {
  const name = written.replace(/^--?/, '');
  const alias = aliases[name];
  if (alias !== undefined) return alias;
  const known = Object.entries(options) as [OptionName, OptionDefinition][];
  const found = known.find(([long, { short }]) => (written.startsWith('--') ? long === name : short === name));
  if (found === undefined) throw new UsageError(`No such option: ${written}`);
  return found[0];
}

function isOption(word: string | undefined): boolean {
  return word !== undefined && /^-[^\d\s]/.test(word);
}
