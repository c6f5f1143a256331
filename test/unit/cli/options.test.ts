import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandForms, globalOptions, optionsOf, type CommandName } from '../../../src/cli/options/commandOptions.ts';
import { options as optionTable, type OptionName } from '../../../src/cli/options/optionTable.ts';
import { parseArguments } from '../../../src/cli/options/parseArguments.ts';
import { readProjectFlags } from '../../../src/cli/options/projectFlags.ts';
import { resolveOptions, type Options } from '../../../src/cli/options/resolveOptions.ts';
import { UsageError, usageErrorText } from '../../../src/cli/options/usageError.ts';
import { warningRules } from '../../../src/cli/options/warningOption.ts';
import { refusedOptions, withoutEffect } from '../../../src/cli/options/withoutEffect.ts';

interface Sources {
  readonly env?: Readonly<Record<string, string>>;
  readonly project?: string;
}

function read(line: string | readonly string[], { env = {}, project }: Sources = {}): Options {
  const { command, argument, given } = parseArguments(typeof line === 'string' ? line.split(' ') : line);
  assert.ok(command !== undefined);
  const flags = readProjectFlags(project);
  return resolveOptions(command, argument, given, { environmentVariable: (name) => env[name], flags });
}

/** What is said of a command line that cannot be understood. */
function refusal(line: string, sources: Sources = {}): string {
  try {
    warningRules(read(line, sources));
  } catch (error) {
    if (error instanceof UsageError) return usageErrorText(error);
    throw error;
  }
  return '';
}

const inRun = "Usage: modelyard run [OPTIONS]\nTry 'modelyard run --help' for help.\n\nError: ";

test('options stand before and after the command as dbt takes them', () => {
  const options = read('--quiet --target prod run -s a b+ --exclude c -fx --vars {a:1}');
  assert.deepEqual(options.list('select'), ['a', 'b+']);
  assert.deepEqual(options.list('exclude'), ['c']);
  assert.ok(options.has('quiet') && options.has('full-refresh') && options.has('fail-fast'));
  assert.equal(options.value('target'), 'prod');
  assert.ok(read('run --no-write-json').isOff('write-json'));
  assert.equal(read('run -tdev').value('target'), 'dev');
  assert.equal(read('docs --no-use-colors generate -s a').command, 'docs generate');
});

test('what click refuses is refused with its words', () => {
  assert.equal(refusal('run --foo'), `${inRun}No such option '--foo'.`);
  assert.equal(refusal('run -zx'), `${inRun}No such option '-z'.`);
  assert.equal(
    refusal('run --selct x'),
    `${inRun}No such option '--selct'. (Did you mean one of: '--help', '--select', '--selector'?)`,
  );
  assert.equal(refusal('run extra'), `${inRun}Got unexpected extra argument (extra)`);
  assert.equal(refusal('run --threads x'), `${inRun}Invalid value for '--threads': 'x' is not a valid integer.`);
  assert.equal(refusal('run --output json'), `${inRun}No such option '--output'.`);
  assert.equal(refusal('run --target'), "Error: Option '--target' requires an argument.");
  assert.equal(refusal('run --quiet=1'), "Error: Option '--quiet' does not take a value.");
  assert.match(refusal('--select a run'), /^Usage: modelyard \[OPTIONS\] COMMAND.*No such option '--select'/s);
  assert.match(refusal('fly'), /No such command 'fly'\.$/);
  assert.match(refusal('docs fly'), /^Usage: modelyard docs \[OPTIONS\].*No such command 'fly'\.$/s);
  assert.match(
    refusal('ls --resource-type foo'),
    /Invalid value for '--resource-type' \/ '--resource-types': 'foo' is not/,
  );
  assert.equal(
    refusal('--quiet run -q'),
    'Error: quiet was provided both before and after the subcommand, it can only be set either before or after.',
  );
  assert.equal(refusal('show --inline x --select y'), 'Error: inline: not allowed with argument select');
  assert.equal(
    refusal('--warn-error --warn-error-options {} parse'),
    'Error: warn_error_options: not allowed with argument warn_error',
  );
});

test('the environment gives what the command line does not, and the project what neither gives', () => {
  const env = { DBT_TARGET: 'prod', DBT_ENGINE_TARGET: 'engine', DBT_FULL_REFRESH: '1', DBT_QUIET: '' };
  const project =
    'name: x\nflags: {fail_fast: true, warn_error_options: {error: all}, target: no, printer_width: 100}\n';
  const options = read('run', { env, project });
  assert.equal(options.value('target'), 'engine');
  assert.ok(options.has('full-refresh') && options.has('fail-fast') && !options.has('quiet'));
  assert.equal(options.value('printer-width'), '100');
  assert.deepEqual(warningRules(options), { error: 'all', warn: [], silence: [] });
  assert.equal(read('run --target dev --no-fail-fast', { env, project }).value('target'), 'dev');
  assert.ok(!read('run --no-fail-fast', { env, project }).has('fail-fast'));
  assert.match(refusal('run', { env: { DBT_QUIET: 'x' } }), /'--quiet' \/ '-q': 'x' is not a valid boolean/);
});

test('the older names of --warn-error-options mean the same, and what dbt refuses is refused', () => {
  const rules = (text: string): unknown => warningRules(read(['run', '--warn-error-options', text]));
  assert.deepEqual(rules('{include: all, exclude: [A]}'), { error: 'all', warn: ['A'], silence: [] });
  assert.throws(() => rules('{include: all, error: all}'), /Only `include` or `error` can be specified/);
  assert.throws(() => rules('{error: [A], warn: [B]}'), /`warn` can only be specified if `error` is one of/);
  assert.throws(() => rules('{error: some}'), /error must be one of/);
});

test('every option is used, accepted for a reason or refused for one', () => {
  for (const name of Object.keys(optionTable) as readonly OptionName[]) {
    const takers = (Object.keys(commandForms) as readonly CommandName[]).filter((one) => optionsOf(one).includes(name));
    assert.ok(takers.length > 0, `${name} is taken by no command`);
  }
  for (const name of Object.keys(withoutEffect)) assert.ok(!(name in refusedOptions), `${name} is both`);
  assert.match(refusal('build --sample x'), /--sample is not offered: samples by event time are not taken/);
  assert.match(refusal('compile --no-introspect'), /--no-introspect is not offered/);
  assert.equal(refusal('compile --introspect'), '');
  assert.ok(globalOptions.includes('help') && !globalOptions.includes('vars'));
});
