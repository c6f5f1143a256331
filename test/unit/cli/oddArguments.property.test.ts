import { test } from 'node:test';
import fc from 'fast-check';
import { invocationArgs } from '../../../src/cli/options/invocationArgs.ts';
import { parseArguments } from '../../../src/cli/options/parseArguments.ts';
import { readProjectFlags } from '../../../src/cli/options/projectFlags.ts';
import { resolveOptions, type Options } from '../../../src/cli/options/resolveOptions.ts';
import { UsageError } from '../../../src/cli/options/usageError.ts';
import { readVars } from '../../../src/cli/options/varsOption.ts';
import { warningRules } from '../../../src/cli/options/warningOption.ts';
import { damage } from '../support/damage.ts';
import { oddValue } from '../support/oddValues.ts';

/** Whatever a user can write is read, or is a `UsageError`. */
function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
}

function readAll(options: Options): void {
  readVars(options.value('vars'));
  warningRules(options);
  invocationArgs(options, { projectFolder: '', profilesFolder: '', written: '' });
}

const none = { environmentVariable: () => undefined, flags: new Map() };

const written = fc
  .tuple(fc.constantFrom('{x: 1, list: [a, {b: c}], when: 2024-01-01}', 'x: 1', '{"a": "b"}'), fc.array(damage))
  .map(([text, damages]) => damages.reduce<string>((now, change) => change(now), text));
const anyText = fc.oneof(
  written,
  fc.string(),
  oddValue.map((value) => JSON.stringify(value)),
);

test('any text of --vars is a mapping or refused', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      readsOrRefuses(() => readVars(text));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('any flags of a dbt_project.yml are taken or refused', () => {
  const names = ['warn_error', 'warn_error_options', 'indirect_selection', 'log_format', 'printer_width', 'fail_fast'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), oddValue), anyText, (flags, text) => {
      readsOrRefuses(() => readProjectFlags(text));
      readsOrRefuses(() => {
        const read = readProjectFlags(JSON.stringify({ flags }));
        readAll(resolveOptions('build', undefined, new Map(), { ...none, flags: read }));
      });
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('any words are a command or refused', () => {
  const word = fc.constantFrom(
    ...['build', 'run', 'ls', 'source', 'freshness', 'docs', 'generate', 'simulate', 'retry', 'run-operation'],
    ...['--days', '--from', '--vars', '--select', '-s', '--threads', '--no-', '--', '-', '--days=', '--vars={', '-x'],
    ...['--output', 'json', '--limit', '1e9', '-1', 'NaN', '{a: 1}', '{error: all}', '{error: [x], warn: y}', ''],
    ...['--warn-error', '--warn-error-options', '--indirect-selection', 'eager', '--resource-type', 'model', '--state'],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: word }, fc.string()), { maxLength: 7 }), (words) => {
      readsOrRefuses(() => {
        const { command, argument, given } = parseArguments(words);
        if (command !== undefined) readAll(resolveOptions(command, argument, given, none));
      });
    }),
    { numRuns: 2000, seed: 3 },
  );
});
