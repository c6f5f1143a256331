import type { JinjaDict } from './dict.ts';
import { failure } from './jinjaFailure.ts';
import { floatRepr } from './numbers.ts';
import { isCompound, type JinjaValue } from './value.ts';

/** A nested value is written this deep; further down it is most likely endless. */
const maxDepth = 100;

/** What `{{ value }}` prints: Python's `str(value)`. */
export function displayText(value: JinjaValue): string {
  if (typeof value === 'string') return value;
  if (isCompound(value)) {
    if (value.kind === 'undefined') return '';
    if (value.kind === 'object') return value.display();
  }
  return reprText(value);
}

/** Python's `repr(value)`: strings are quoted, containers show the repr of what they hold. */
export function reprText(value: JinjaValue): string {
  return repr(value, []);
}

function repr(value: JinjaValue, parents: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : compoundRepr(value, parents);
  }
}

function compoundRepr(
  value: Exclude<JinjaValue, null | boolean | bigint | number | string>,
  parents: readonly object[],
): string {
  if (parents.length >= maxDepth) throw failure('jinja.tooDeep', { detail: 'a printed value is nested too deeply' });
  const inside = [...parents, value];
  const all = (items: readonly JinjaValue[]): string => items.map((item) => repr(item, inside)).join(', ');
  const again = parents.includes(value);
  switch (value.kind) {
    case 'list':
      return again ? '[...]' : `[${all(value.items)}]`;
    case 'tuple':
      return again ? '(...)' : `(${all(value.items)}${value.items.length === 1 ? ',' : ''})`;
    case 'dict':
      return again ? '{...}' : dictRepr(value, inside);
    case 'set':
      return value.size === 0 ? 'set()' : `{${all(value.values())}}`;
    case 'view':
      return value.display();
    case 'undefined':
      return 'Undefined';
    case 'object':
      return value.repr?.() ?? value.display();
    case 'callable':
      return `<function ${value.name}>`;
    case 'iterator':
      return `<${value.typeName} object>`;
  }
}

function dictRepr(dict: JinjaDict, inside: readonly object[]): string {
  const pairs = dict.entries().map(([key, value]) => `${repr(key, inside)}: ${repr(value, inside)}`);
  return `{${pairs.join(', ')}}`;
}

/** A string as Python quotes it: single quotes unless only the double ones need no escape. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let quoted = mark;
  for (const character of text) quoted += escaped(character, mark);
  return quoted + mark;
}

function escaped(character: string, mark: string): string {
  if (character === mark || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (character === ' ' || !/[\p{C}\p{Z}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
