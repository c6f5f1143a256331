/** Strings by code points: Python counts characters, JavaScript counts UTF-16 units. */
const hasSurrogates = (text: string): boolean => /[\ud800-\udfff]/.test(text);

/** Number of characters as Python's `len` counts them. */
export function textLength(text: string): number {
  return hasSurrogates(text) ? Array.from(text).length : text.length;
}

/** The characters of a text, one string each. */
export function characters(text: string): string[] {
  return hasSurrogates(text) ? Array.from(text) : text.split('');
}

/** The characters from `start` up to `end`, counted as Python counts. */
export function textSlice(text: string, start: number, end?: number): string {
  return hasSurrogates(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}
