import type { JinjaDict } from './dict.ts';
import { floatRepr } from './numbers.ts';
import { Walk } from './walk.ts';
import { isCompound, type JinjaValue } from './value.ts';

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
  return repr(value, new Set(), new Walk('printed'));
}

function repr(value: JinjaValue, parents: Set<object>, walk: Walk): string {
  switch (typeof value) {
    case 'string':
      walk.see(value.length);
      return quote(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : compoundRepr(value, parents, walk);
  }
}

function compoundRepr(
  value: Exclude<JinjaValue, null | boolean | bigint | number | string>,
  parents: Set<object>,
  walk: Walk,
): string {
  const again = parents.has(value);
  const all = (items: readonly JinjaValue[]): string => within(value, items, parents, walk).join(', ');
  switch (value.kind) {
    case 'list':
      return again ? '[...]' : `[${all(value.items)}]`;
    case 'tuple':
      return again ? '(...)' : `(${all(value.items)}${value.items.length === 1 ? ',' : ''})`;
    case 'dict':
      return again ? '{...}' : `{${dictPairs(value, parents, walk)}}`;
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

/** The reprs of what a container holds; while they are made, the container is known to be around them. */
function within(container: object, items: readonly JinjaValue[], parents: Set<object>, walk: Walk): string[] {
  parents.add(container);
  const texts = walk.inside(items.length, () => items.map((item) => repr(item, parents, walk)));
  parents.delete(container);
  return texts;
}

function dictPairs(dict: JinjaDict, parents: Set<object>, walk: Walk): string {
  const texts = within(dict, dict.entries().flat(), parents, walk);
  const pairs = Array.from({ length: dict.size }, (_, at) => `${texts[2 * at] ?? ''}: ${texts[2 * at + 1] ?? ''}`);
  return pairs.join(', ');
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
