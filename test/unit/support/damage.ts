import fc from 'fast-check';

/** What a half-written, misspelt or pasted piece of a file may look like. */
const pieces = fc.constantFrom(
  '',
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '{{ ref(',
  "{{ ref('nothing') }}",
  '{% if %}',
  '{% for x in y %}',
  '{% endfor %}',
  '{{ 1 / 0 }}',
  '{{ [1,2][9] }}',
  '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
  '{% set x %}',
  "{{ config(materialized='nothing') }}",
  '{{ this }}',
  '{{ undefined_name.a.b }}',
  ':',
  '- ',
  '  ',
  '\t',
  '\n',
  '[',
  ']',
  '{',
  '}',
  '&a',
  '*a',
  '<<: *a',
  '"',
  "'",
  '|',
  '>',
  '#',
  '!!binary x',
  '? ',
  'null',
  '~',
  '1e999',
  '0x1F',
  '2024-01-01',
  'select',
  'from',
  'where',
  '(',
  ')',
  '((',
  ',',
  ';',
  '--',
  '/*',
  '*/',
  "'",
  '$$',
  'union all',
  'with x as (',
  'order by',
  'é',
  '\u0000',
  '😀',
);

/** What was done to a text. */
export type Damage = (text: string) => string;
/** Pieces put in, cut off, or lines exchanged. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(40), pieces).map(([at, length, piece]): Damage => (text) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece + text.slice(from + length);
  }),
  fc.nat().map(
    (at): Damage =>
      (text) =>
        text.slice(0, at % (text.length + 1)),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]): Damage => (text) => {
    const lines = text.split('\n');
    const [from, to] = [one % lines.length, other % lines.length];
    [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
    return lines.join('\n');
  }),
);
