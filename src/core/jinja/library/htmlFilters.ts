import { displayText } from '../values/display.ts';
import { iterate } from '../values/iterate.ts';
import { unsupported, valueError } from '../values/jinjaFailure.ts';
import { isCompound, isUndefined, type JinjaValue } from '../values/value.ts';
import { Arguments } from './arguments.ts';
import { pairsOf } from './containerMethods.ts';
import { toJson } from './json.ts';
import type { FilterFunction } from './libraryFunction.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const escape: FilterFunction = (input) => escapeText(displayText(input));

const namedEntities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
  }),
);

/** The text without what stands between two marks, marks included. */
function without(text: string, open: string, close: string): string {
  let result = '';
  let at = 0;
  while (true) {
    const start = text.indexOf(open, at);
    const end = start === -1 ? -1 : text.indexOf(close, start + open.length);
    if (end === -1) return result + text.slice(at);
    result += text.slice(at, start);
    at = end + close.length;
  }
}

const stripTags: FilterFunction = (input) => {
  const bare = without(without(displayText(input), '<!--', '-->'), '<', '>');
  const spaced = bare.trim().split(/\s+/).join(' ');
  return spaced.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Math.min(Number(decimal), 0x10ffff));
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    const character = namedEntities.get(name ?? '');
    if (character === undefined) throw unsupported(`The entity ${whole} in striptags`);
    return character;
  });
};

const xmlAttributes: FilterFunction = (input, given) => {
  const spaced = new Arguments('xmlattr', ['autospace'], given).flag('autospace', true);
  const parts: string[] = [];
  for (const [key, value] of pairsOf(input)) {
    if (value === null || isUndefined(value)) continue;
    const name = displayText(key);
    if (/[\s/>=]/.test(name)) throw valueError(`Invalid character in attribute name: '${name}'`);
    parts.push(`${escapeText(name)}="${escapeText(displayText(value))}"`);
  }
  return (spaced && parts.length > 0 ? ' ' : '') + parts.join(' ');
};

const quoteUrl = (value: JinjaValue, safe: RegExp): string =>
  Array.from(displayText(value), (one) => (safe.test(one) ? one : encodeOne(one))).join('');

function encodeOne(character: string): string {
  const encoded = encodeURIComponent(/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character);
  return encoded.length > 1 ? encoded : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const urlEncode: FilterFunction = (input) => {
  if (typeof input === 'string' || !isCompound(input) || input.kind === 'object') return quoteUrl(input, /[\w.~/-]/);
  const pairs =
    input.kind === 'dict' ? input.entries() : Array.from(iterate(input), (pair) => Array.from(iterate(pair)));
  const part = (value: JinjaValue): string => quoteUrl(value, /[\w.~ -]/).replaceAll(' ', '+');
  return pairs.map(([key = '', value = '']) => `${part(key)}=${part(value)}`).join('&');
};

/** As Jinja writes JSON for HTML: `<`, `>`, `&` and `'` are escaped. */
const toHtmlJson: FilterFunction = (input, given) => {
  const indent = new Arguments('tojson', ['indent'], given).optionalInteger('indent');
  return toJson(input, { indent, sortKeys: true })
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll("'", '\\u0027');
};

/** Filters for HTML, URLs and JSON. */
export const htmlFilters: readonly (readonly [string, FilterFunction])[] = [
  ['escape', escape],
  ['e', escape],
  ['forceescape', escape],
  ['safe', (input) => displayText(input)],
  ['striptags', stripTags],
  ['xmlattr', xmlAttributes],
  ['urlencode', urlEncode],
  ['tojson', toHtmlJson],
  [
    'urlize',
    () => {
      throw unsupported('The filter urlize');
    },
  ],
];
