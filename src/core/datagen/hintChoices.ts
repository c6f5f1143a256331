import { isPlainList, isPlainMap, type PlainValue } from '../project/plainValue.ts';
import { columnHintForms, tableHintForms, type HintForm } from './hintForms.ts';

/** A hint as a completion list shows it. */
export interface HintChoice {
  readonly name: string;
  readonly description: string;
  /** Its values in words. */
  readonly expected: string;
  /** What to write behind `name: `, in the syntax of editor snippets. */
  readonly snippet: string;
  /** The single words that it takes, as they are written; empty when its values are not words. */
  readonly values: readonly string[];
}

/** The hints that a table or a column can have, in the order in which they are listed. */
export function hintChoices(of: 'table' | 'column'): readonly HintChoice[] {
  const forms: Readonly<Record<string, HintForm<unknown>>> = of === 'table' ? tableHintForms : columnHintForms;
  return Object.entries(forms).map(([name, { description, expected, snippet, form }]) => ({
    name,
    description,
    expected,
    snippet,
    values: wordsOf(form.schema),
  }));
}

/** The words that a schema takes. */
function wordsOf(schema: PlainValue | undefined): readonly string[] {
  if (!isPlainMap(schema)) return [];
  if (schema['type'] === 'boolean') return ['true', 'false'];
  const { enum: words, anyOf } = schema;
  if (isPlainList(words)) return words.filter((word) => typeof word === 'string');
  return isPlainList(anyOf) ? anyOf.flatMap(wordsOf) : [];
}
