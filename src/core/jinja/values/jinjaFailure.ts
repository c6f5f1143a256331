import { type CodeParams, type DiagnosticCode } from '../../diagnostics/codes.ts';
import { diagnostic, type Diagnostic, type RelatedLocation } from '../../diagnostics/diagnostic.ts';
import type { Range } from '../../diagnostics/text.ts';

/** Where a failure happened, and through which macros the work had come there (innermost first). */
export interface FailureSite {
  readonly file: string;
  readonly range: Range;
  readonly related: readonly RelatedLocation[];
}

/**
 * What a host function, filter or method throws when the template did something wrong. The interpreter adds the
 * place, and the render function turns it into a diagnostic: it never leaves core/jinja.
 */
export class JinjaFailure extends Error {
  readonly code: DiagnosticCode;
  readonly #make: (site: FailureSite) => Diagnostic;
  /** Set once, by the innermost expression or statement that sees the failure pass. */
  site: FailureSite | undefined;

  constructor(code: DiagnosticCode, make: (site: FailureSite) => Diagnostic) {
    super(code);
    this.name = 'JinjaFailure';
    this.code = code;
    this.#make = make;
  }

  /** The failure as a diagnostic; one that nobody located points at the start of `file`. */
  toDiagnostic(file: string): Diagnostic {
    const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return this.#make(this.site ?? { file, range: nowhere, related: [] });
  }
}

/** Makes a failure with a code of the registry and the parameters of its message. */
export function failure<C extends DiagnosticCode>(code: C, params: CodeParams<C>): JinjaFailure {
  return new JinjaFailure(code, (site) =>
    diagnostic(code, params, site, site.related.length === 0 ? {} : { related: site.related }),
  );
}

/** A failure with a message of the host's own words. */
export const hostFailure = (detail: string): JinjaFailure => failure('jinja.hostFailed', { detail });

/** An operation met a value of a type that it cannot work with (Python's TypeError). */
export const typeError = (detail: string): JinjaFailure => failure('jinja.typeError', { detail });

/** A value of the right type that cannot be used (Python's ValueError). */
export const valueError = (detail: string): JinjaFailure => failure('jinja.valueError', { detail });

/** A key or index that is not there (Python's KeyError and IndexError). */
export const lookupError = (detail: string): JinjaFailure => failure('jinja.lookupError', { detail });

/** A call whose arguments do not fit the parameters. */
export const argumentError = (detail: string): JinjaFailure => failure('jinja.argumentError', { detail });

/** Python can do it, this interpreter cannot: said aloud rather than answered wrongly. */
export const unsupported = (detail: string): JinjaFailure => failure('jinja.unsupported', { detail });
