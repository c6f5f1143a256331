import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Location } from '../diagnostics/diagnostic.ts';
import { isMethod, methods, valuesOfMethods, type Criterion, type Method, type Selection } from './selection.ts';

/** Where a selection is written, for the diagnostics of its faults. */
export type SelectionPlace = Pick<Location, 'file'> & Partial<Location>;

/** `@`, depth of parents, `+`, method, value, `+`, depth of children (dbt-core: selector_spec.py, RAW_SELECTOR_PATTERN). */
export const criterionPattern = /^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/;

/**
 * Reads `--select` or `--exclude`: spaces and repeated options are a union, commas an intersection
 * (dbt-core: core/dbt/graph/cli.py and selector_spec.py).
 */
export function parseSelection(texts: readonly string[], place: SelectionPlace): Outcome<Selection> {
  const read = texts.flatMap((text) => text.split(' ')).map((word) => parseWord(word, place));
  return {
    value: { kind: 'union', of: read.map((one) => one.value), takesWaiting: true, expected: undefined },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

function parseWord(word: string, place: SelectionPlace): Outcome<Selection> {
  const read = word.split(',').map((raw) => parseCriterion(raw, place));
  return {
    value: { kind: 'intersection', of: read.map((one) => one.value), takesWaiting: true, expected: word },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

/** Reads one criterion; one that cannot be read gives a diagnostic, and a criterion that stands for its text. */
export function parseCriterion(raw: string, place: SelectionPlace): Outcome<Criterion> {
  const match = criterionPattern.exec(raw);
  const [, at, parentDepth, parents, prefix, value = '', children, childDepth] = match ?? [];
  const named = prefix === undefined ? { method: defaultMethod(value), argument: undefined } : methodNamed(prefix);
  const criterion: Criterion = {
    kind: 'criterion',
    method: named?.method ?? 'fqn',
    argument: named?.argument,
    value,
    parents: parents === undefined ? undefined : depthOf(parentDepth),
    children: children === undefined ? undefined : depthOf(childDepth),
    childrensParents: at !== undefined,
    indirect: undefined,
  };
  const fault =
    named === undefined
      ? diagnostic('compile.unknownSelectorMethod', { raw, method: prefix ?? '', methods }, place)
      : match === null || (at !== undefined && children !== undefined)
        ? diagnostic('compile.selectorSyntax', { raw }, place)
        : valueFault(named.method, value, place);
  return { value: criterion, diagnostics: fault === undefined ? [] : [fault] };
}

function valueFault(method: Method, value: string, place: SelectionPlace): Diagnostic | undefined {
  const values = valuesOfMethods[method];
  if (values === undefined || values.includes(value)) return undefined;
  return diagnostic('compile.selectorValue', { method, value, values }, place);
}

/** The method and its argument in `config.materialized`; undefined when dbt has no such method. */
export function methodNamed(
  text: string,
): { readonly method: Method; readonly argument: string | undefined } | undefined {
  const [name = '', ...rest] = text.split('.');
  return isMethod(name) ? { method: name, argument: rest.length === 0 ? undefined : rest.join('.') } : undefined;
}

/** How many steps `2+` goes; a `+` alone goes all the way. */
export function depthOf(digits: string | undefined): number {
  return digits === undefined || digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

/** What a criterion without a method means. */
export function defaultMethod(value: string): Method {
  if (value.includes('/') || value.includes('\\')) return 'path';
  return /\.(sql|csv|py)$/i.test(value) ? 'file' : 'fqn';
}
