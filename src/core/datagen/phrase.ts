/** 0 to 9 as a part of phrases. */
export const digits: readonly string[] = '0 1 2 3 4 5 6 7 8 9'.split(' ');

/** A part that is a text stands as it is; of a list one is chosen. */
export interface PhraseTemplate {
  readonly kind: 'phrase';
  readonly parts: readonly (string | readonly string[])[];
}

/** Texts put together from one choice of each part, numbered from 0 to size - 1, each number another choice. */
export interface Phrase {
  readonly parts: readonly (readonly string[])[];
  /** At most 2^52. */
  readonly size: number;
}

/** A phrase as it is made. */
export function phraseOf(template: PhraseTemplate): Phrase {
  const parts = template.parts.map((part) => (typeof part === 'string' ? [part] : part));
  return { parts, size: parts.reduce((size, part) => size * part.length, 1) };
}

/**
 * The phrase with a number behind it, of as many digits as it takes to tell `count` texts apart: what a unique name
 * is when words alone do not suffice.
 */
export function numbered({ parts, size }: Phrase, count: number): Phrase {
  let result: Phrase = { parts: [...parts, ['-']], size };
  while (result.size < count) result = { parts: [...result.parts, digits], size: result.size * 10 };
  return result;
}
