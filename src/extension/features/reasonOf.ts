import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** Why something was not done, in the words of the first error. */
export function reasonOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'the project has errors.';
}
