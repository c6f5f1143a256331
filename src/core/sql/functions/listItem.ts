import type { Expr } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { toText } from '../translate/casts.ts';
import { refuse, type Context } from '../translate/context.ts';
import { atom, enclosed, quote, raise, type Emitted } from '../translate/emitted.ts';
import type { Scope } from '../translate/scope.ts';
import { wholeNumber } from '../translate/wholeNumber.ts';

const splits: ReadonlySet<string> = new Set(['string_split', 'str_split', 'split', 'string_to_array']);

/** `string_split(text, separator)[n]` of DuckDB, the only list that has items here: there are no lists to be kept. */
export function listItem(context: Context, e: Extract<Expr, { kind: 'subscript' }>, scope: Scope): Emitted {
  const { operand: list, index } = e;
  if (context.dialect !== 'duckdb' || list.kind !== 'call' || !splits.has(list.name) || list.args.length !== 2) {
    return refuse(context, e.span, 'An item of a list');
  }
  const [text, separator] = list.args;
  const n = wholeNumber(index);
  if (n === undefined) return refuse(context, index.span, 'An index of a list that is no literal');
  if (text === undefined || separator?.kind !== 'literal' || separator.type !== 'string') {
    return refuse(context, list.span, 'A separator that is no literal');
  }
  const x = toText(context, context.expr(text, scope), text.span);
  const parts = jsonParts(enclosed(x), separator.value);
  if (parts === undefined) return refuse(context, separator.span, 'This separator');
  // Past either end, and at 0, there is NULL.
  if (n === 0) return atom('null', types.text);
  const item = `json_extract(${parts}, '$[${n > 0 ? String(n - 1) : `#${String(n)}`}]')`;
  return atom(`case when ${enclosed(x)} is not null then ${item} end`, types.text);
}

/**
 * A text cut at a separator, as SQL that gives a JSON list; undefined for an empty separator. `text` is SQL of a text
 * that is not NULL. A control character that JSON writes in one way only stands for the separator while the text is
 * quoted, so that no letter of the separator can be one of JSON's own; a text that has it already stops the query.
 */
export function jsonParts(text: string, separator: string): string | undefined {
  if (separator === '' || separator.includes(mark)) return undefined;
  const failure = raise(`'a text to be split has the control character 31: ' || ${text}`);
  const isMarked = `instr(${text}, char(31)) + instr(${text}, '${markInJson}') > 0`;
  const quoted = `json_quote(replace(${text}, ${quote(separator)}, char(31)))`;
  return `case when ${isMarked} then ${failure} else '[' || replace(${quoted}, '${markInJson}', '","') || ']' end`;
}

const mark = '\u001f';
const markInJson = '\\u001f';
