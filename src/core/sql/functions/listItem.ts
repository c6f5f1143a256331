import type { Expr } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { toText } from '../translate/casts.ts';
import { refuse, type Context } from '../translate/context.ts';
import { atom, enclosed, quote, type Emitted } from '../translate/emitted.ts';
import type { Scope } from '../translate/scope.ts';

const splits: ReadonlySet<string> = new Set(['string_split', 'str_split', 'split', 'string_to_array']);

/** `string_split(text, separator)[n]` of DuckDB, the only list that has items here: there are no lists to be kept. */
export function listItem(context: Context, e: Extract<Expr, { kind: 'subscript' }>, scope: Scope): Emitted {
  const { operand: list, index } = e;
  if (context.dialect !== 'duckdb' || list.kind !== 'call' || !splits.has(list.name) || list.args.length !== 2) {
    return refuse(context, e.span, 'An item of a list');
  }
  const [text, separator] = list.args;
  const n = literalIndex(index);
  if (n === undefined) return refuse(context, index.span, 'An index of a list that is no literal');
  if (text === undefined || separator?.kind !== 'literal' || separator.type !== 'string') {
    return refuse(context, list.span, 'A separator that is no literal');
  }
  const x = toText(context, context.expr(text, scope), text.span);
  const parts = jsonParts(x.sql, separator.value);
  if (parts === undefined) return refuse(context, separator.span, 'This separator', 'use punctuation as a literal');
  // Past either end, and at 0, there is NULL.
  if (n === 0) return atom('null', types.text);
  const item = `json_extract(${parts}, '$[${n > 0 ? String(n - 1) : `#${String(n)}`}]')`;
  return atom(`case when ${enclosed(x)} is not null then ${item} end`, types.text);
}

/**
 * A text cut at a separator, as SQL that gives a JSON list; undefined for a separator that JSON may write otherwise.
 * `text` is SQL of a text that is not NULL.
 */
export function jsonParts(text: string, separator: string): string | undefined {
  if (!/^[^\\"A-Fa-f0-9nrtu\p{C}]+$/u.test(separator)) return undefined;
  return `'[' || replace(json_quote(${text}), ${quote(separator)}, '","') || ']'`;
}

function literalIndex(e: Expr): number | undefined {
  if (e.kind === 'paren') return literalIndex(e.inner);
  if (e.kind === 'unary' && e.op === '-') {
    const inner = literalIndex(e.operand);
    return inner === undefined ? undefined : -inner;
  }
  return e.kind === 'literal' && e.type === 'number' && /^\d+$/.test(e.value) ? Number(e.value) : undefined;
}
