import type { DiagnosticCode } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What becomes of warnings (dbt's --warn-error and --warn-error-options); the names are those of dbt's events. */
export interface WarningRules {
  /** Warnings that are errors: all of them, or those of the names. */
  readonly error: 'all' | readonly string[];
  /** Those that stay warnings though `error` is all. */
  readonly warn: readonly string[];
  /** Those that are not told. */
  readonly silence: readonly string[];
}

/** Warnings that Modelyard shares with dbt, by dbt's names (core/dbt/events/types.py). */
const eventNames: Partial<Record<DiagnosticCode, string>> = {
  'compile.batchesNotConcurrent': 'InvalidConcurrentBatchesConfig',
  'compile.microbatchUnfiltered': 'MicrobatchModelNoEventTimeInputs',
  'compile.selectsNothing': 'NoNodesForSelectionCriteria',
  'compile.propertiesOfNothing': 'NoNodeForYamlKey',
  'compile.unusedConfigPaths': 'UnusedResourceConfigPath',
  'project.yamlDuplicateKey': 'DuplicateYAMLKeysDeprecation',
  'run.testWarned': 'LogTestResult',
};

/** The name that dbt has for a warning; undefined for those that dbt does not have. */
export function eventName(code: DiagnosticCode): string | undefined {
  return eventNames[code];
}

/** What the rules make of a warning: a name counts before "Deprecations", that before "all" (dbt-common: helper_types.py). */
export function fateOf(name: string | undefined, rules: WarningRules): 'error' | 'warn' | 'silence' {
  const isDeprecation = name?.endsWith('Deprecation') === true;
  const wanted = name === undefined ? [] : [[name], isDeprecation ? ['Deprecations'] : []].flat();
  for (const one of wanted) {
    if (rules.silence.includes(one)) return 'silence';
    if (rules.warn.includes(one)) return 'warn';
    if (rules.error !== 'all' && rules.error.includes(one)) return 'error';
  }
  return rules.error === 'all' ? 'error' : 'warn';
}

/** The diagnostics with their warnings as the rules have them. */
export function applyWarningRules(
  diagnostics: readonly Diagnostic[],
  rules: WarningRules | undefined,
): readonly Diagnostic[] {
  if (rules === undefined) return diagnostics;
  return diagnostics.flatMap((one): readonly Diagnostic[] => {
    const name = eventName(one.code);
    // What dbt has no warning for cannot be meant by dbt's option.
    if (one.severity !== 'warning' || name === undefined) return [one];
    switch (fateOf(name, rules)) {
      case 'error':
        return [{ ...one, severity: 'error' }];
      case 'silence':
        return [];
      case 'warn':
        return [one];
    }
  });
}
