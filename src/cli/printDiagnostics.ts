import { formatDiagnostic, type Diagnostic } from '../core/diagnostics/diagnostic.ts';

/** Prints diagnostics, errors to the error stream. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const one of diagnostics) {
    if (one.severity === 'error') console.error(formatDiagnostic(one));
    else if (one.severity === 'warning') console.log(formatDiagnostic(one));
  }
}
