import { countryCodes } from './countryCodes.ts';

/** What a generator is called by in `generator: NAME`: a list of words or a pattern. */
export type NamedGenerator =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** The generators that a hint can name. */
export const namedGenerators = {
  country_code: { kind: 'words', words: countryCodes },
  uuid: { kind: 'pattern', pattern: '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}' },
} as const satisfies Record<string, NamedGenerator>;

/** The generator of a name; undefined when there is none. */
export function namedGenerator(name: string): NamedGenerator | undefined {
  return Object.hasOwn(namedGenerators, name) ? namedGenerators[name as keyof typeof namedGenerators] : undefined;
}
