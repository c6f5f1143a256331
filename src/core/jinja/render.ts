import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { fileStart, type Range } from '../diagnostics/text.ts';
import { jinjaGlobals } from './library/globals.ts';
import type { CallSite } from './runtime/callSite.ts';
import { callValue } from './runtime/callValue.ts';
import { execute, macroValue } from './runtime/execute.ts';
import { defaultLimits, type Limits } from './runtime/limits.ts';
import { MacroReturn } from './runtime/macroReturn.ts';
import { MappedSink, ValueSink, type Segment, type Sink, type WrittenValue } from './runtime/output.ts';
import { Runtime } from './runtime/runtime.ts';
import { Scope, withFallback, type Globals } from './runtime/scope.ts';
import { isBroken, type Template, type TemplateDefinition } from './template.ts';
import { JinjaFailure } from './values/jinjaFailure.ts';
import { noKwargs, type JinjaCallable, type JinjaValue, type Kwargs } from './values/value.ts';

export interface RenderOptions {
  /** Names the template may use besides Jinja's own (range, dict, namespace, cycler, joiner). */
  readonly globals: Globals;
  readonly limits?: Limits;
  /** dbt's way while it parses: what is missing may be called and read, and gives nothing. Off by default. */
  readonly lenientUndefined?: boolean;
}

/** What a template gave. */
export interface Rendered {
  /** Undefined when it failed; the diagnostics say why. */
  readonly text: string | undefined;
  /** Where each part of the text comes from, in order and without gaps. */
  readonly segments: readonly Segment[];
  readonly template: Template;
}

/** Renders a template. Never throws for what a template does: faults are diagnostics with file, range and macros. */
export function renderTemplate(template: Template, options: RenderOptions): Outcome<Rendered> {
  if (isBroken(template)) return { value: { text: undefined, segments: [], template }, diagnostics: template.faults };
  const runtime = runtimeOf(options);
  const sink = new MappedSink(runtime);
  const fault = caught(template.source.file, () => run(template, options, runtime, sink));
  if (fault !== undefined) return { value: { text: undefined, segments: [], template }, diagnostics: [fault] };
  return { value: { text: sink.result, segments: sink.segments, template }, diagnostics: template.faults };
}

const runtimeOf = (options: Omit<RenderOptions, 'globals'>): Runtime =>
  new Runtime(options.limits ?? defaultLimits, options.lenientUndefined ?? false);

function run(template: Template, options: RenderOptions, runtime: Runtime, sink: Sink): void {
  const scope = new Scope(withFallback(options.globals, jinjaGlobals));
  execute(template.body, { source: template.source, scope, runtime }, sink);
}

/** Runs a template's work and gives the diagnostic of its failure, if it fails. */
function caught(file: string, work: () => void): Diagnostic | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof JinjaFailure) return error.toDiagnostic(file);
    if (error instanceof MacroReturn) return diagnostic('jinja.returnOutsideMacro', {}, { file });
    if (error instanceof RangeError) return engineLimit(error, file);
    throw error;
  }
}

/** The limits are meant to come first; a host with a smaller stack or shorter texts is answered the same way. */
function engineLimit(error: RangeError, file: string): Diagnostic {
  return /stack|recursion/i.test(error.message)
    ? diagnostic('jinja.tooDeep', { detail: 'the stack is used up' }, { file })
    : diagnostic('jinja.tooLarge', { what: 'a text', limit: defaultLimits.textLength }, { file });
}

/** A macro (or test, materialization) of the project as a value for templates; it sees only the globals. */
export function bindMacro(definition: TemplateDefinition, globals: Globals): JinjaCallable {
  const scope = new Scope(withFallback(globals, jinjaGlobals));
  return macroValue(definition.node, { source: definition.source, scope }, true);
}

/** Where a call from outside any template is said to come from. */
export interface CallOrigin {
  readonly file: string;
  readonly range?: Range;
}

/** Calls a macro or other value from outside a template; undefined when it failed. */
export function callMacro(
  callee: JinjaValue,
  args: readonly JinjaValue[],
  kwargs: Kwargs | undefined,
  origin: CallOrigin,
  options: Omit<RenderOptions, 'globals'> = {},
): Outcome<JinjaValue | undefined> {
  const site: CallSite = { file: origin.file, range: origin.range ?? fileStart, runtime: runtimeOf(options) };
  let value: JinjaValue | undefined;
  const fault = caught(origin.file, () => {
    try {
      value = callValue(callee, args, kwargs ?? noKwargs, site);
    } catch (error) {
      site.runtime.locate(error, site.file, () => site.range);
      throw error;
    }
  });
  return fault === undefined ? { value, diagnostics: [] } : { value: undefined, diagnostics: [fault] };
}

/** The values that a template writes, one for each text and expression; undefined when it failed. */
export function renderValues(template: Template, options: RenderOptions): Outcome<readonly WrittenValue[] | undefined> {
  if (isBroken(template)) return { value: undefined, diagnostics: template.faults };
  const runtime = runtimeOf(options);
  const sink = new ValueSink(runtime);
  const fault = caught(template.source.file, () => run(template, options, runtime, sink));
  return fault === undefined ? { value: sink.values, diagnostics: [] } : { value: undefined, diagnostics: [fault] };
}
