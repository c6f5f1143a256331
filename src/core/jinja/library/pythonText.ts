import { characters } from '../values/text.ts';

/** Python's `str.title`: a letter after a letter is small, any other letter is large. */
export function titleCase(text: string): string {
  let afterLetter = false;
  let result = '';
  for (const character of text) {
    result += afterLetter ? character.toLowerCase() : character.toUpperCase();
    afterLetter = isCased(character);
  }
  return result;
}

/** Python's `str.capitalize`. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = characters(text);
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  return Array.from(text)
    .map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()))
    .join('');
}

/** True when a text has a letter that is large or small. */
export const isCased = (text: string): boolean => text.toUpperCase() !== text.toLowerCase();

/** Python's `str.strip`, `lstrip` and `rstrip`; without characters, white space goes. */
export function strip(text: string, chars: string | undefined, sides: 'left' | 'right' | 'both'): string {
  if (chars === undefined) {
    if (sides === 'both') return text.trim();
    return sides === 'left' ? text.trimStart() : text.trimEnd();
  }
  const unwanted = new Set(characters(chars));
  const all = characters(text);
  let start = 0;
  let end = all.length;
  if (sides !== 'right') while (start < end && unwanted.has(all[start] ?? '')) start += 1;
  if (sides !== 'left') while (end > start && unwanted.has(all[end - 1] ?? '')) end -= 1;
  return all.slice(start, end).join('');
}

/** Python's `str.split` and `rsplit`; without a separator, runs of white space separate. */
export function splitText(text: string, separator: string | undefined, limit: number, fromRight: boolean): string[] {
  const most = limit < 0 ? Infinity : limit;
  if (separator === undefined) return fromRight ? splitSpaceRight(text, most) : splitSpace(text, most);
  const parts = text.split(separator);
  if (parts.length - 1 <= most) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - most).join(separator), ...parts.slice(parts.length - most)]
    : [...parts.slice(0, most), parts.slice(most).join(separator)];
}

function splitSpace(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text.trimStart();
  while (rest !== '' && parts.length < most) {
    const end = rest.search(/\s/);
    if (end === -1) return [...parts, rest];
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function splitSpaceRight(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text.trimEnd();
  while (rest !== '' && parts.length < most) {
    const word = rest.slice(lastSpace(rest) + 1);
    parts.unshift(word);
    rest = rest.slice(0, rest.length - word.length).trimEnd();
  }
  return rest === '' ? parts : [rest, ...parts];
}

/** Python's `str.splitlines`. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return keepEnds ? [...lines] : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

/** Place of the last white space; a search from the end, because a pattern would look from every place. */
function lastSpace(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !/\s/.test(text.charAt(at))) at -= 1;
  return at;
}
