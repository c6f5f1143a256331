import type { WarningRules } from '../../core/diagnostics/warningRules.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../core/project/plainValue.ts';
import { parseYaml, plainOf } from '../../core/project/yamlNode.ts';
import type { Options } from './resolveOptions.ts';
import { UsageError } from './usageError.ts';

/** `--warn-error` and `--warn-error-options`; undefined when neither says anything of warnings. */
export function warningRules(options: Options): WarningRules | undefined {
  if (options.has('warn-error')) return { error: 'all', warn: [], silence: [] };
  const text = options.value('warn-error-options');
  if (text === undefined) return undefined;
  const { value, diagnostics } = parseYaml(text, '--warn-error-options');
  const given = plainOf(value);
  if (diagnostics.length > 0 || !isPlainMap(given))
    throw new UsageError(`Invalid value for '--warn-error-options': String '${text}' is not valid YAML`);
  const rules = {
    error: namesUnder(given, 'error', 'include'),
    warn: namesUnder(given, 'warn', 'exclude'),
    silence: namesUnder(given, 'silence', undefined),
  };
  if (rules.warn === 'all' || rules.silence === 'all')
    throw new UsageError("Invalid value for '--warn-error-options': only error may be all");
  const { error, warn, silence } = rules;
  const isWide = error === 'all' || error.includes('Deprecations') || silence.includes('Deprecations');
  if (warn.length > 0 && !isWide)
    throw new UsageError(
      "Invalid value for '--warn-error-options': `warn` can only be specified if `error` is one of ('all', '*') or Deprecations is in `error` or silence.",
    );
  return { error, warn, silence };
}

/** Names of events under a key or under its older name. */
function namesUnder(given: PlainMap, key: string, older: string | undefined): 'all' | readonly string[] {
  const values = [given[key], older === undefined ? undefined : given[older]];
  if (values.every((value) => value !== undefined && value !== null))
    throw new UsageError(`Only \`${older ?? ''}\` or \`${key}\` can be specified in \`warn_error_options\`, not both`);
  return namesOf(values.find((value) => value !== undefined && value !== null) ?? []);
}

function namesOf(value: PlainValue): 'all' | readonly string[] {
  if (value === 'all' || value === '*') return 'all';
  if (!isPlainList(value))
    throw new UsageError(
      "Invalid value for '--warn-error-options': error must be one of ('all', '*') or a list of strings",
    );
  return value.map(String);
}
