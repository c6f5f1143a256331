import { translatePattern } from './pattern.ts';

/** A set of characters: a bit for each of ASCII, and one for all others. */
export type CharacterSet = bigint;

export const noCharacters: CharacterSet = 0n;
const others = 128;
export const allCharacters: CharacterSet = (1n << BigInt(others + 1)) - 1n;

/** One that stands for the characters beyond ASCII. */
const foreign = 'é';

/** What a part of a pattern that takes one character may take: a letter, an escape or a set. */
export function charactersOf(part: string, bits: number): CharacterSet {
  const { source, flags } = translatePattern(part, bits);
  const expression = new RegExp(`^(?:${source})$`, flags);
  let set = noCharacters;
  for (let code = 0; code <= others; code += 1)
    if (expression.test(code === others ? foreign : String.fromCharCode(code))) set |= 1n << BigInt(code);
  return set;
}

/** How many characters of a text are in a set. */
export function countIn(text: string, set: CharacterSet): number {
  const isIn = Array.from({ length: others + 1 }, (_, code) => (set & (1n << BigInt(code))) !== 0n);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (isIn[Math.min(text.charCodeAt(at), others)] === true) count += 1;
  return count;
}
