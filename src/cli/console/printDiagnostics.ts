import { formatDiagnostic, type Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** Prints diagnostics, errors to the error stream. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const one of diagnostics) {
    if (one.severity === 'error') console.error(formatDiagnostic(one));
    else if (one.severity === 'warning') console.log(formatDiagnostic(one));
  }
}

/** Prints errors and warnings to the error stream, for commands whose output is data. */
export function printAsideDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const one of diagnostics) {
    if (one.severity === 'error' || one.severity === 'warning') console.error(formatDiagnostic(one));
  }
}
