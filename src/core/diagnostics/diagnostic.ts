import { codes, type CodeParams, type DiagnosticCode } from './codes.ts';
import { fileStart, type Range } from './text.ts';

export type Severity = 'error' | 'warning' | 'information';

/** Where a diagnostic points: a project-relative path with `/`, and a range in it. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** A second place that explains the first: the macro that was called, the other definition of a name. */
export interface RelatedLocation extends Location {
  readonly message: string;
}

/** An edit that would put the fault right. */
export interface Fix {
  readonly title: string;
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

/** Something a user can get wrong, with where it is and what to do. A value, never thrown; JSON-safe. */
export interface Diagnostic extends Location {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: Fix;
}

/** What a step gives that can find faults: the value as far as it could be made, and the faults. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DiagnosticExtras {
  readonly severity?: Severity;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: Fix;
}

/** Makes a diagnostic from the registry; without a range it points at the file's start. */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  params: CodeParams<C>,
  location: { readonly file: string; readonly range?: Range },
  extras: DiagnosticExtras = {},
): Diagnostic {
  const definition = codes[code] as { readonly severity: Severity; readonly message: (p: CodeParams<C>) => string };
  return {
    code,
    severity: definition.severity,
    message: definition.message(params),
    file: location.file,
    range: location.range ?? fileStart,
    ...extras,
  };
}

/** True when any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === 'error');
}

/** `file:line:column: severity message [code]`, one-based, as compilers print it. */
export function formatDiagnostic(one: Diagnostic): string {
  const { line, character } = one.range.start;
  const related = (one.related ?? []).map(
    (r) => `\n    ${r.file}:${String(r.range.start.line + 1)}:${String(r.range.start.character + 1)}: ${r.message}`,
  );
  return `${one.file}:${String(line + 1)}:${String(character + 1)}: ${one.severity}: ${one.message} [${one.code}]${related.join('')}`;
}
