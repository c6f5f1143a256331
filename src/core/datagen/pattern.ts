/** A text of fixed length: for each position the characters it may hold, all of them printable ASCII. */
export interface Pattern {
  readonly positions: readonly string[];
  /** How many texts can be told apart by number: at most 2^52. */
  readonly size: number;
  /** The leading positions that the number spells; those behind are scrambled from it. */
  readonly spelled: number;
}

const largestSize = 2 ** 52;
const element = /\[((?:\\.|[^\]\\])+)\]|\\(.)|([^[\]{}()*+?|^$.\\])/y;
const repeat = /\{(\d{1,3})\}/y;
const shorthand: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_',
};

/**
 * Reads a pattern in the small part of regular expressions that has a fixed length: characters, classes like
 * `[A-Z0-9]`, `\d`, `\w`, and a count `{6}`. Gives undefined for anything else.
 */
export function parsePattern(text: string): Pattern | undefined {
  const positions: string[] = [];
  let at = 0;
  while (at < text.length) {
    const part = matchAt(element, text, at);
    if (part === null) return undefined;
    at += part[0].length;
    const characters = part[1] === undefined ? (escaped(part[2]) ?? part[3]) : expandClass(part[1]);
    const count = matchAt(repeat, text, at);
    at += count?.[0].length ?? 0;
    if (characters === undefined || !/^[\x20-\x7e]+$/.test(characters)) return undefined;
    for (let n = count === null ? 1 : Number(count[1]); n > 0; n--) positions.push(characters);
  }
  return positions.length === 0 ? undefined : { positions, ...measure(positions) };
}

function measure(positions: readonly string[]): { size: number; spelled: number } {
  let size = 1;
  let spelled = 0;
  for (const characters of positions) {
    if (size * characters.length > largestSize) break;
    size *= characters.length;
    spelled += 1;
  }
  return { size, spelled };
}

function escaped(character: string | undefined): string | undefined {
  return character === undefined ? undefined : (shorthand[character] ?? character);
}

/** The distinct characters of a class, in order; undefined for a negated class and a range that runs backwards. */
function expandClass(body: string): string | undefined {
  if (body.startsWith('^')) return undefined;
  const found = new Set<string>();
  const item = /\\(.)|([\s\S])-([^\\])|([\s\S])/gy;
  for (const [, quoted, from, to, single] of body.matchAll(item)) {
    if (from !== undefined && to !== undefined) {
      const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
      if (last < first) return undefined;
      for (let code = first; code <= last; code++) found.add(String.fromCharCode(code));
    } else {
      for (const character of escaped(quoted) ?? single ?? '') found.add(character);
    }
  }
  return [...found].join('');
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  const sticky = new RegExp(expression.source, 'y');
  sticky.lastIndex = at;
  return sticky.exec(text);
}
