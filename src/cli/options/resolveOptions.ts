import { optionsOf, type CommandName } from './commandOptions.ts';
import { optionDefinition, type OptionName } from './optionTable.ts';
import { checkValue, shownName, type GivenOptions } from './parseArguments.ts';
import type { ProjectFlags } from './projectFlags.ts';
import { UsageError } from './usageError.ts';
import { refusedOptions } from './withoutEffect.ts';

/** The options of one call, wherever they were given. */
export class Options {
  readonly command: CommandName;
  /** The word behind the command's name. */
  readonly argument: string | undefined;
  readonly #values: GivenOptions;

  constructor(command: CommandName, argument: string | undefined, values: GivenOptions) {
    this.command = command;
    this.argument = argument;
    this.#values = values;
  }

  value(name: OptionName): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  list(name: OptionName): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** True for a switch that is on. */
  has(name: OptionName): boolean {
    return this.value(name) === 'true';
  }

  /** True for a switch that was turned off by its `no-` form. */
  isOff(name: OptionName): boolean {
    return this.value(name) === 'false';
  }

  /** All that was given. */
  get given(): GivenOptions {
    return this.#values;
  }

  /** Options of another command. */
  as(command: CommandName, values: GivenOptions, argument?: string): Options {
    return new Options(command, argument, values);
  }
}

/** Where options come from that the command line does not give. */
export interface OptionSources {
  readonly environmentVariable: (name: string) => string | undefined;
  /** The `flags:` of dbt_project.yml. */
  readonly flags: ProjectFlags;
}

/**
 * The command line over the environment over the project's flags (dbt-core: core/dbt/cli/flags.py). Throws
 * `UsageError` for values that an option cannot have, and for options that exclude one another or are not offered.
 */
export function resolveOptions(
  command: CommandName,
  argument: string | undefined,
  given: GivenOptions,
  { environmentVariable, flags }: OptionSources,
): Options {
  const values = new Map<OptionName, readonly string[]>();
  for (const name of optionsOf(command)) {
    const found = given.get(name) ?? fromEnvironment(name, environmentVariable) ?? flags.get(name);
    if (found !== undefined) values.set(name, found);
  }
  for (const [one, other] of exclusive) {
    const both = (from: GivenOptions): boolean => from.has(one) && from.has(other);
    if (both(values)) throw new UsageError(`${snake(other)}: not allowed with argument ${snake(one)}`);
  }
  for (const name of values.keys()) refuse(name, values.get(name)?.at(-1) === 'false');
  return new Options(command, argument, values);
}

/** Pairs of which dbt takes one at most. */
const exclusive: readonly (readonly [OptionName, OptionName])[] = [
  ['warn-error', 'warn-error-options'],
  ['select', 'inline'],
  ['selector', 'inline'],
];

const snake = (name: OptionName): string => name.replaceAll('-', '_');

function refuse(name: OptionName, isOff: boolean): void {
  const why = isOff ? refusedOptions[`no-${name}`] : refusedOptions[name];
  if (why !== undefined) throw new UsageError(`--${isOff ? 'no-' : ''}${name} is not offered: ${why}.`);
}

/** `DBT_ENGINE_X` counts before `DBT_X` (core/dbt/cli/params.py, EngineEnvVar); an empty variable gives nothing. */
function fromEnvironment(
  name: OptionName,
  environmentVariable: OptionSources['environmentVariable'],
): readonly string[] | undefined {
  const { env, kind } = optionDefinition(name);
  if (env === undefined) return undefined;
  const text = [env.replace(/^DBT_(?!ENGINE_)/, 'DBT_ENGINE_'), env].map(environmentVariable).find((one) => one);
  if (text === undefined) return undefined;
  if (kind === 'flag' || kind === 'switch') return [String(booleanOf(name, text))];
  const values = kind === 'many' ? text.split(/\s+/).filter((one) => one !== '') : [text];
  for (const value of values) checkValue(name, value, undefined);
  return values;
}

const booleans: Readonly<Record<string, boolean>> = {
  '': false,
  '0': false,
  '1': true,
  f: false,
  false: false,
  n: false,
  no: false,
  off: false,
  on: true,
  t: true,
  true: true,
  y: true,
  yes: true,
};

/** A truth value as click reads it. */
function booleanOf(name: OptionName, text: string): boolean {
  const found = booleans[text.trim().toLowerCase()];
  if (found !== undefined) return found;
  const known = Object.keys(booleans).sort().join(', ');
  throw new UsageError(
    `Invalid value for ${shownName(name)}: '${text}' is not a valid boolean. Recognized values: ${known}`,
  );
}
