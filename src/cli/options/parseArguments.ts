import { closeMatches } from './closeMatches.ts';
import {
  commandForm,
  commandForms,
  commandGroups,
  globalOptions,
  optionsOf,
  type CommandName,
} from './commandOptions.ts';
import { optionDefinition, type OptionName } from './optionTable.ts';
import { UsageError } from './usageError.ts';

/** A command line taken apart. */
export interface ParsedArguments {
  readonly command: CommandName | undefined;
  /** The word that the command takes behind its name. */
  readonly argument: string | undefined;
  readonly given: GivenOptions;
}

/** What options were given; switches and flags as `true` or `false`. */
export type GivenOptions = ReadonlyMap<OptionName, readonly string[]>;

/**
 * Reads a command line as click reads dbt's: options of every command stand before or after the command's name, those
 * of the command after it. Throws `UsageError` for what cannot be understood.
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const words = [...argv];
  const given = new Map<OptionName, readonly string[]>();
  takeOptions(words, given, { taken: globalOptions, usage: 'modelyard [OPTIONS] COMMAND [ARGS]...', stops: true });
  const first = words.shift();
  if (first === undefined) return { command: undefined, argument: undefined, given };
  const command = commandNamed(first, words, given);
  if (command === undefined) return { command, argument: undefined, given };
  const { argument: wanted } = commandForm(command);
  const usage = `modelyard ${command} [OPTIONS]${wanted === undefined ? '' : ` ${wanted}`}`;
  const after = new Map<OptionName, readonly string[]>();
  const [argument, ...others] = takeOptions(words, after, { taken: optionsOf(command), usage, stops: false });
  const extra = wanted === undefined && argument !== undefined ? [argument, ...others] : others;
  if (extra.length > 0) {
    const plural = extra.length === 1 ? '' : 's';
    throw new UsageError(`Got unexpected extra argument${plural} (${extra.join(' ')})`, usage);
  }
  for (const [name, values] of after) {
    if (given.has(name))
      throw new UsageError(
        `${name.replaceAll('-', '_')} was provided both before and after the subcommand, it can only be set either before or after.`,
      );
    given.set(name, values);
  }
  if (wanted !== undefined && argument === undefined && !given.has('help') && !given.has('version'))
    throw new UsageError(`Missing argument '${wanted}'.`, usage);
  return { command, argument, given };
}

/** The command, which may be two words with options of every command between them; undefined for a group alone. */
function commandNamed(
  first: string,
  words: string[],
  given: Map<OptionName, readonly string[]>,
): CommandName | undefined {
  const isCommand = (name: string): name is CommandName => Object.hasOwn(commandForms, name);
  const group = Object.hasOwn(commandGroups, first) ? commandGroups[first] : undefined;
  // The first word may be a command by itself: then one word behind it is its argument.
  const isAlone = isCommand(first) && !(words.length > 1 && group?.includes(words[0] ?? '') === true);
  if (isAlone) return first;
  if (group === undefined) {
    throw new UsageError(`No such command '${first}'.`, 'modelyard [OPTIONS] COMMAND [ARGS]...');
  }
  const usage = `modelyard ${first} [OPTIONS] COMMAND [ARGS]...`;
  takeOptions(words, given, { taken: globalOptions, usage, stops: true });
  const second = words.shift();
  if (second === undefined) return undefined;
  const name = `${first} ${second}`;
  if (isCommand(name)) return name;
  throw new UsageError(`No such command '${second}'.`, usage);
}

interface OptionScope {
  readonly taken: readonly OptionName[];
  readonly usage: string;
  /** Whether the first word that is no option ends them. */
  readonly stops: boolean;
}

/** Takes the options off the front of `words`, and gives the words between them. */
function takeOptions(
  words: string[],
  given: Map<OptionName, readonly string[]>,
  scope: OptionScope,
): readonly string[] {
  const others: string[] = [];
  while (words.length > 0) {
    const word = words[0] ?? '';
    if (word === '--') return [...others, ...words.slice(1)];
    if (!word.startsWith('-') || word === '-') {
      if (scope.stops) return others;
      others.push(word);
      words.shift();
      continue;
    }
    words.shift();
    if (word.startsWith('--')) takeLong(word, words, given, scope);
    else takeShort(word, words, given, scope);
  }
  return others;
}

function takeLong(word: string, words: string[], given: Map<OptionName, readonly string[]>, scope: OptionScope): void {
  const at = word.indexOf('=');
  const [written, inline] = at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
  const found = spellings(scope.taken).get(written);
  if (found === undefined) throw noSuchOption(written, scope);
  if (isValueless(found.name)) {
    if (inline !== undefined) throw new UsageError(`Option '${written}' does not take a value.`);
    give(given, found.name, [found.isOff ? 'false' : 'true']);
    return;
  }
  takeValue({ name: found.name, written, inline }, words, given, scope);
}

/** One letter after another: `-qs orders`, `-tprod`. */
function takeShort(word: string, words: string[], given: Map<OptionName, readonly string[]>, scope: OptionScope): void {
  const known = spellings(scope.taken);
  for (let i = 1; i < word.length; i += 1) {
    const written = `-${word[i] ?? ''}`;
    const found = known.get(written);
    if (found === undefined) throw noSuchOption(written, scope);
    if (isValueless(found.name)) {
      give(given, found.name, ['true']);
      continue;
    }
    const rest = word.slice(i + 1);
    takeValue({ name: found.name, written, inline: rest === '' ? undefined : rest }, words, given, scope);
    return;
  }
}

interface Written {
  readonly name: OptionName;
  readonly written: string;
  readonly inline: string | undefined;
}

function takeValue(
  { name, written, inline }: Written,
  words: string[],
  given: Map<OptionName, readonly string[]>,
  { usage }: OptionScope,
): void {
  const first = inline ?? words.shift();
  if (first === undefined) throw new UsageError(`Option '${written}' requires an argument.`);
  const { kind, isRepeated } = optionDefinition(name);
  const values = kind === 'many' ? first.split(' ') : [first];
  while (kind === 'many' && words[0]?.startsWith('-') === false) values.push(words.shift() ?? '');
  for (const value of values) checkValue(name, value, usage);
  const before = kind === 'many' || isRepeated === true ? (given.get(name) ?? []) : [];
  given.set(name, [...before, ...values]);
}

/** Throws when an option cannot have the value. */
export function checkValue(name: OptionName, value: string, usage: string | undefined): void {
  const { choices, isInteger } = optionDefinition(name);
  if (choices !== undefined && !choices.includes(value)) {
    const known = choices.map((one) => `'${one}'`).join(', ');
    throw new UsageError(`Invalid value for ${shownName(name)}: '${value}' is not one of ${known}.`, usage);
  }
  if (isInteger === true && !/^[-+]?\d+$/.test(value.trim()))
    throw new UsageError(`Invalid value for ${shownName(name)}: '${value}' is not a valid integer.`, usage);
}

/** Throws when `--output` cannot have the value for a command. */
export function checkOutput(value: string | undefined, outputs: readonly string[], command: CommandName): void {
  if (value === undefined || outputs.includes(value)) return;
  const known = outputs.map((one) => `'${one}'`).join(', ');
  throw new UsageError(
    `Invalid value for '--output': '${value}' is not one of ${known}.`,
    `modelyard ${command} [OPTIONS]`,
  );
}

/** The option's names as messages have them: `'--quiet' / '-q'`. */
export function shownName(name: OptionName): string {
  return [`--${name}`, ...(optionDefinition(name).aliases ?? []).map(dashed)].map((one) => `'${one}'`).join(' / ');
}

function give(given: Map<OptionName, readonly string[]>, name: OptionName, values: readonly string[]): void {
  given.set(name, values);
}

function isValueless(name: OptionName): boolean {
  const { kind } = optionDefinition(name);
  return kind === 'flag' || kind === 'switch';
}

interface Spelling {
  readonly name: OptionName;
  readonly isOff: boolean;
}

/** All ways to write the options, with their dashes. */
function spellings(names: readonly OptionName[]): ReadonlyMap<string, Spelling> {
  return new Map(
    names.flatMap((name): (readonly [string, Spelling])[] => {
      const { kind, aliases = [] } = optionDefinition(name);
      const on = [name, ...aliases].map((one) => [dashed(one), { name, isOff: false }] as const);
      return kind === 'switch' ? [...on, [`--no-${name}`, { name, isOff: true }]] : on;
    }),
  );
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function noSuchOption(written: string, { taken, usage }: OptionScope): UsageError {
  const known = [...spellings(taken).keys()].filter((one) => one.startsWith('--'));
  const near = written.startsWith('--') ? [...closeMatches(written, known)].sort().map((one) => `'${one}'`) : [];
  const hint =
    near.length === 0 ? '' : ` (Did you mean ${near.length === 1 ? (near[0] ?? '') : `one of: ${near.join(', ')}`}?)`;
  return new UsageError(`No such option '${written}'.${hint}`, usage);
}
