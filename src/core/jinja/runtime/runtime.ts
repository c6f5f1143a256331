import type { RelatedLocation } from '../../diagnostics/diagnostic.ts';
import type { Range } from '../../diagnostics/text.ts';
import { builtinFile } from '../syntax/sourceText.ts';
import { failure, JinjaFailure, type FailureSite } from '../values/jinjaFailure.ts';
import type { CallSite } from './callSite.ts';
import type { Limits } from './limits.ts';

/** One macro being run: its name, and the call that it was entered by. */
export interface MacroFrame {
  readonly macro: string;
  readonly site: CallSite;
}

/** Characters gone through that take about as long as one expression. */
const unitsPerStep = 100;

/** Diagnostics name the innermost calls and the outermost; what repeats in between tells nothing. */
const shownFrames = 8;

/** What one render has used so far, and the macros it is in. One is made for every render. */
export class Runtime {
  readonly limits: Limits;
  readonly #isLenient: boolean;
  readonly #frames: MacroFrame[] = [];
  #projectMacros = 0;
  #iterations = 0;
  #steps = 0;
  #depth = 0;
  #work = 0;

  constructor(limits: Limits, lenientUndefined = false) {
    this.limits = limits;
    this.#isLenient = lenientUndefined;
  }

  /**
   * Undefined values give undefined again when they are called or read: dbt's way while it parses, in the template
   * itself and not in the project's macros (dbt-common: clients/jinja.py, get_environment).
   */
  get lenientUndefined(): boolean {
    return this.#isLenient && this.#projectMacros === 0;
  }

  /** Runs the body of a macro that stands in a file of its own. */
  inProjectMacro<T>(work: () => T): T {
    this.#projectMacros += 1;
    try {
      return work();
    } finally {
      this.#projectMacros -= 1;
    }
  }

  /** The macros being run, innermost first. */
  get stack(): readonly MacroFrame[] {
    return this.#frames.toReversed();
  }

  get inMacro(): boolean {
    return this.#frames.length > 0;
  }

  /** Counts one iteration of a loop. */
  iterate(): void {
    this.#iterations += 1;
    if (this.#iterations > this.limits.iterations) {
      throw failure('jinja.tooManyIterations', { limit: this.limits.iterations });
    }
  }

  /** Enters an expression or statement; `leave` must follow. */
  enter(): void {
    this.#steps += 1;
    this.#depth += 1;
    if (this.#steps > this.limits.steps) throw failure('jinja.tooManySteps', { limit: this.limits.steps });
    if (this.#depth > this.limits.depth) {
      throw failure('jinja.tooDeep', {
        detail: `calls and expressions are nested more than ${String(this.limits.depth)} deep`,
      });
    }
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Refuses to make a text of this length; `made` is how much of it is new work. */
  checkText(length: number, made = length): void {
    if (length > this.limits.textLength) {
      throw failure('jinja.tooLarge', { what: 'the number of characters', limit: this.limits.textLength });
    }
    this.work(made);
  }

  /** Refuses to make a collection of this many items; `made` is how many of them are new work. */
  checkItems(count: number, made = count): void {
    if (count > this.limits.items) {
      throw failure('jinja.tooLarge', { what: 'the number of items', limit: this.limits.items });
    }
    this.work(made);
  }

  /** Counts the time that going through a large text or collection takes. */
  work(size: number): void {
    this.#work += size;
    if (this.#work < unitsPerStep) return;
    this.#steps += Math.floor(this.#work / unitsPerStep);
    this.#work %= unitsPerStep;
    if (this.#steps > this.limits.steps) throw failure('jinja.tooManySteps', { limit: this.limits.steps });
  }

  /** Runs a macro's work with its frame on the stack. */
  inFrame<T>(macro: string, site: CallSite, work: () => T): T {
    if (this.#frames.length >= this.limits.callDepth) {
      throw failure('jinja.tooDeep', {
        detail: `macros call one another more than ${String(this.limits.callDepth)} deep`,
      });
    }
    this.#frames.push({ macro, site });
    try {
      return work();
    } catch (error) {
      this.locate(error, site.file, () => site.range);
      throw error;
    } finally {
      this.#frames.pop();
    }
  }

  /** Gives a failure its place, unless it has one, and the macros it happened in. */
  locate(error: unknown, file: string, range: () => Range): void {
    if (!(error instanceof JinjaFailure) || error.site !== undefined) return;
    error.site = outsideBuiltin({ file, range: range(), related: this.#related() });
  }

  #related(): RelatedLocation[] {
    const related = this.stack.map((frame) => ({
      file: frame.site.file,
      range: frame.site.range,
      message: `macro "${frame.macro}" was called here`,
    }));
    if (related.length <= 2 * shownFrames) return related;
    return [...related.slice(0, shownFrames), ...related.slice(-shownFrames)];
  }
}

/** The place of a failure within dbt's own macros is the call that came to them from outside. */
function outsideBuiltin(site: FailureSite): FailureSite {
  if (site.file !== builtinFile) return site;
  const at = site.related.findIndex(({ file }) => file !== builtinFile);
  const outside = site.related[at];
  if (outside === undefined) return site;
  return { file: outside.file, range: outside.range, related: site.related.slice(at + 1) };
}
