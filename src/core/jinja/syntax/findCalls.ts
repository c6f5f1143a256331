import type { Range } from '../../diagnostics/text.ts';
import type { PlainValue } from '../values/plain.ts';
import { everyExpression } from './children.ts';
import type { SourceText } from './sourceText.ts';
import type { Body, Call, Expression } from './syntaxTree.ts';
import type { Span } from './token.ts';

/** An argument as written. */
export interface FoundArgument {
  readonly range: Range;
  /** Its value when it is a literal (or a list or dict of literals); undefined when it must be computed. */
  readonly literal: PlainValue | undefined;
}

/** A call of a function by name, as found in a syntax tree. */
export interface FoundCall {
  /** The name as written, with its dots: `ref`, `dbt_utils.star`. */
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly args: readonly FoundArgument[];
  readonly kwargs: ReadonlyMap<string, FoundArgument>;
  /** True when `*args` or `**kwargs` add arguments that cannot be told without running. */
  readonly hasSpread: boolean;
}

/**
 * The calls of the named functions in a template, in the order they are written. Nothing is evaluated: for editor
 * features (definitions, unknown names) and for a first look at what a model depends on.
 */
export function findCalls(
  template: { readonly source: SourceText; readonly body: Body },
  names: ReadonlySet<string>,
): readonly FoundCall[] {
  return everyCall(template, (name) => names.has(name));
}

/** The calls of all functions that are called by a name. */
export function everyCall(
  template: { readonly source: SourceText; readonly body: Body },
  wanted: (name: string) => boolean = () => true,
): readonly FoundCall[] {
  const found: { readonly call: Call; readonly name: string }[] = [];
  for (const { expression } of everyExpression(template.body)) {
    if (expression.kind !== 'call') continue;
    const name = dottedName(expression.callee);
    if (name !== undefined && wanted(name)) found.push({ call: expression, name });
  }
  found.sort((a, b) => a.call.start - b.call.start || b.call.end - a.call.end);
  return found.map(({ call, name }) => describe(template.source, call, name));
}

function describe(source: SourceText, call: Call, name: string): FoundCall {
  const range = (span: Span): Range => source.range(span.start, span.end);
  const argument = (expression: Expression): FoundArgument => ({
    range: range(expression),
    literal: literalOf(expression, 0),
  });
  const { positional, keywords, spread, keywordSpread } = call.arguments;
  return {
    name,
    nameRange: range(call.callee),
    range: range(call),
    args: positional.map(argument),
    kwargs: new Map(keywords.map((one) => [one.name, argument(one.value)])),
    hasSpread: spread !== undefined || keywordSpread !== undefined,
  };
}

function dottedName(expression: Expression): string | undefined {
  const parts: string[] = [];
  let rest = expression;
  while (rest.kind === 'attribute') {
    parts.unshift(rest.name);
    rest = rest.object;
  }
  return rest.kind === 'name' ? [rest.name, ...parts].join('.') : undefined;
}

function literalOf(expression: Expression, depth: number): PlainValue | undefined {
  if (expression.kind === 'literal') {
    return typeof expression.value === 'bigint' ? plainInteger(expression.value) : expression.value;
  }
  if (depth > 32) return undefined;
  if (expression.kind === 'list' || expression.kind === 'tuple') {
    const items = expression.items.map((item) => literalOf(item, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (expression.kind === 'unary' && expression.operator === '-') {
    const operand = literalOf(expression.operand, depth + 1);
    return typeof operand === 'number' || typeof operand === 'bigint' ? -operand : undefined;
  }
  if (expression.kind !== 'dict') return undefined;
  const entries: [string, PlainValue][] = [];
  for (const entry of expression.entries) {
    const key = literalOf(entry.key, depth + 1);
    const value = literalOf(entry.value, depth + 1);
    if (typeof key !== 'string' || value === undefined) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

const plainInteger = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
