import type { Outcome } from '../diagnostics/diagnostic.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';

/** One criterion: `2+tag:daily+1`, `@orders`. */
export interface Criterion {
  readonly kind: 'criterion';
  /** As the user wrote it, for messages. */
  readonly raw: string;
  readonly method: Method;
  /** What follows the method's dot: `materialized` in `config.materialized:view`. */
  readonly argument: string | undefined;
  readonly value: string;
  /** How many steps of parents and children to add; undefined for none. */
  readonly parents: number | undefined;
  readonly children: number | undefined;
  /** `@`: children, and all parents of those. */
  readonly childrensParents: boolean;
}

export interface Combination {
  readonly kind: 'union' | 'intersection';
  readonly of: readonly Selection[];
}

export type Selection = Criterion | Combination;

export const methods = [
  'config',
  'exposure',
  'file',
  'fqn',
  'package',
  'path',
  'resource_type',
  'source',
  'tag',
  'test_name',
  'test_type',
  'unit_test',
] as const;
export type Method = (typeof methods)[number];

const criterionPattern = /^(@)?(?:(\d*)(\+))?(?:([\w]+)(?:\.([\w.]+))?:)?(.*?)(?:(\+)(\d*))?$/;

/**
 * Reads `--select` or `--exclude`: spaces and repeated options are a union, commas an intersection
 * (dbt-core: core/dbt/graph/cli.py and selector_spec.py).
 */
export function parseSelection(texts: readonly string[]): Outcome<Selection> {
  const read = texts
    .flatMap((text) => text.split(/\s+/))
    .filter((word) => word !== '')
    .map(parseWord);
  return {
    value: { kind: 'union', of: read.map((one) => one.value) },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

function parseWord(word: string): Outcome<Selection> {
  const read = word.split(',').map(parseCriterion);
  return {
    value: { kind: 'intersection', of: read.map((one) => one.value) },
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

function parseCriterion(raw: string): Outcome<Criterion> {
  const match = criterionPattern.exec(raw);
  const [, at, parentDepth, parents, prefix, argument, value = '', children, childDepth] = match ?? [];
  const method = prefix === undefined ? defaultMethod(value) : methods.find((one) => one === prefix);
  const criterion: Criterion = {
    kind: 'criterion',
    raw,
    method: method ?? 'fqn',
    argument,
    value,
    parents: parents === undefined ? undefined : depthOf(parentDepth),
    children: children === undefined ? undefined : depthOf(childDepth),
    childrensParents: at !== undefined,
  };
  const fault =
    method === undefined
      ? diagnostic('compile.unknownSelectorMethod', { raw, method: prefix ?? '', methods }, { file: '--select' })
      : value === '' || (at !== undefined && children !== undefined)
        ? diagnostic('compile.selectorSyntax', { raw }, { file: '--select' })
        : undefined;
  return { value: criterion, diagnostics: fault === undefined ? [] : [fault] };
}

function depthOf(digits: string | undefined): number {
  return digits === undefined || digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

function defaultMethod(value: string): Method {
  if (value.includes('/') || value.includes('\\')) return 'path';
  return /\.(sql|csv|py)$/i.test(value) ? 'file' : 'fqn';
}
