import { optionsOf, type CommandName } from './commandOptions.ts';
import type { OptionName } from './optionTable.ts';
import type { GivenOptions } from './parseArguments.ts';

/** Options of the last run that hold for its retry too; the others are those of the retry (core/dbt/task/retry.py). */
const restored: readonly OptionName[] = [
  'args',
  'defer',
  'empty',
  'event-time-end',
  'event-time-start',
  'exclude-resource-type',
  'fail-fast',
  'favor-state',
  'full-refresh',
  'indirect-selection',
  'profile',
  'resource-type',
  'state',
  'store-failures',
  'target',
  'vars',
  'warn-error-options',
];

/** What a retry's own command line may say otherwise. */
const overridable: readonly OptionName[] = ['full-refresh', 'vars'];

/**
 * The options of a retry as those of the command that it runs again: the arguments of its run_results.json, whoever
 * wrote it, with the retry's own over them where dbt has it so.
 */
export function retryOptions(
  command: CommandName,
  args: Readonly<Record<string, unknown>>,
  own: GivenOptions,
): GivenOptions {
  const given = new Map<OptionName, readonly string[]>();
  for (const name of restored.filter((one) => optionsOf(command).includes(one))) {
    if (name === 'warn-error-options' && own.has('warn-error')) continue;
    const texts = textsOf(args[name.replaceAll('-', '_')] ?? args[`${name.replaceAll('-', '_')}s`]);
    if (texts !== undefined) given.set(name, texts);
  }
  for (const [name, values] of own) if (!restored.includes(name) || overridable.includes(name)) given.set(name, values);
  return given;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined || value === false) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String);
  if (typeof value === 'object') return Object.keys(value).length === 0 ? undefined : [JSON.stringify(value)];
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? [String(value)]
    : undefined;
}
