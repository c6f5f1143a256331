import type { Pattern } from './pattern.ts';
import type { Phrase } from './phrase.ts';

/** The number for which a pattern's writer gives a text; NaN when none does, or part of the text is scrambled. */
export function patternNumber({ positions, spelled }: Pattern, text: string): number {
  const characters = Array.from(text);
  if (characters.length !== positions.length || spelled < positions.length) return NaN;
  let number = 0;
  let unit = 1;
  for (const [i, alphabet] of positions.entries()) {
    const choice = alphabet.indexOf(characters[i] ?? '');
    if (choice === -1) return NaN;
    number += choice * unit;
    unit *= alphabet.length;
  }
  return number;
}

/** A number for which a phrase's writer gives a text; NaN when none does. */
export function phraseNumber({ parts }: Phrase, text: string): number {
  const find = (part: number, at: number, number: number): number => {
    const words = parts[part];
    if (words === undefined) return at === text.length ? number : NaN;
    for (const [choice, word] of words.entries()) {
      if (!text.startsWith(word, at)) continue;
      const found = find(part + 1, at + word.length, number * words.length + choice);
      if (!Number.isNaN(found)) return found;
    }
    return NaN;
  };
  return find(0, 0, 0);
}
