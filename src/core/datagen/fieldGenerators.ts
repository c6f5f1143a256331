import { semanticsOf } from './fieldSemantics.ts';
import { namedGenerators } from './namedGenerators.ts';
import type { PhraseTemplate } from './phrase.ts';

/** Generators that make what a column of the same name has when it has no hints: `email`, `city`. */
const fieldGenerators = [
  'email',
  'first_name',
  'last_name',
  'full_name',
  'user_name',
  'phone',
  'company',
  'street_address',
  'postal_code',
  'city',
  'region',
  'country',
  'currency_code',
  'language_code',
  'time_zone',
  'url',
  'ip_address',
  'color',
  'category',
  'payment_method',
  'title',
  'description',
] as const;

/** Every name that the hint `generator` takes. */
export const generatorNames: readonly string[] = [...Object.keys(namedGenerators), ...fieldGenerators];

/** The texts of a generator that is named after a field; undefined for another name. */
export function fieldPhrase(generator: string): PhraseTemplate | undefined {
  if (!fieldGenerators.some((name) => name === generator)) return undefined;
  return semanticsOf(generator)?.values.find((values) => values.kind === 'phrase');
}
