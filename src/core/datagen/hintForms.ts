import { isPlainMap } from '../project/plainValue.ts';
import { spanPattern } from './calendar.ts';
import type { Distribution } from './distribution.ts';
import { generatorNames } from './fieldGenerators.ts';
import type { ChildBounds, ColumnHints, FanOut, HintCondition, HintName, TableHints } from './hints.ts';
import type { Popularity } from './popularity.ts';
import { weekdayNames } from './season.ts';
import {
  booleanForm,
  choiceForm,
  eitherForm,
  listForm,
  mappedForm,
  namedWeightsForm,
  numberForm,
  objectForm,
  refinedForm,
  textForm,
  weightsForm,
  type ValueForm,
} from './valueForm.ts';

/** All that is known of a hint: the reader, the published schema, completion and messages come from here. */
export interface HintForm<T> {
  /** What it does, in a sentence or two. */
  readonly description: string;
  /** Its values in words, behind "must be". */
  readonly expected: string;
  readonly form: ValueForm<T>;
  /** What completion writes behind `name: `, in the syntax of editor snippets. */
  readonly snippet: string;
}

type HintForms<T> = { readonly [K in keyof T]-?: HintForm<NonNullable<T[K]>> };

const size = numberForm({ above: 0 });
const anyNumber = numberForm();

const zipfForm = objectForm<Extract<Popularity, { name: 'zipf' }>>({
  name: choiceForm(['zipf']),
  exponent: numberForm({ above: 0, max: 10 }),
});

const distributionForm: ValueForm<Distribution> = eitherForm<Distribution>(
  mappedForm(choiceForm(['uniform']), () => ({ name: 'uniform' })),
  objectForm<{ name: 'uniform' }>({ name: choiceForm(['uniform']) }),
  objectForm<Extract<Distribution, { name: 'normal' }>>({
    name: choiceForm(['normal']),
    mean: anyNumber,
    deviation: size,
  }),
  objectForm<Extract<Distribution, { name: 'lognormal' }>>({
    name: choiceForm(['lognormal']),
    median: size,
    sigma: size,
  }),
  zipfForm,
  objectForm<Extract<Distribution, { name: 'empirical' }>>({
    name: choiceForm(['empirical']),
    values: listForm(anyNumber),
  }),
);

const someAboveZero: ValueForm<readonly number[]> = refinedForm(
  listForm(numberForm({ min: 0 })),
  { not: { items: { const: 0 } } },
  (values) => values.some((value) => value > 0),
);
const childCount = numberForm({ min: 0, max: 1e9, whole: true });

const fanOutForm: ValueForm<FanOut> = eitherForm<FanOut>(
  mappedForm(choiceForm(['even']), () => ({ name: 'even' })),
  zipfForm,
  objectForm<Extract<Popularity, { name: 'lognormal' }>>({
    name: choiceForm(['lognormal']),
    sigma: numberForm({ above: 0, max: 10 }),
  }),
  objectForm<Extract<Popularity, { name: 'empirical' }>>({ name: choiceForm(['empirical']), values: someAboveZero }),
  mappedForm(objectForm<ChildBounds>({ min: childCount, max: childCount }, ['min', 'max']), (bounds) => ({
    name: 'counted',
    ...bounds,
  })),
);

const conditionText = /^\s*([Nn][Oo][Tt]\s+)?(\w+)\s*$/;

const conditionForm: ValueForm<HintCondition> = eitherForm<HintCondition>(
  mappedForm(textForm(conditionText), (text) => {
    const [, not, column = ''] = conditionText.exec(text) ?? [];
    return { column, value: not === undefined ? 'true' : 'false' };
  }),
  {
    schema: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    read: (value) => {
      if (!isPlainMap(value)) return undefined;
      const [entry, ...others] = Object.entries(value);
      if (entry === undefined || others.length > 0 || typeof entry[1] === 'object') return undefined;
      return { column: entry[0], value: String(entry[1]) };
    },
  },
);

const textsForm: ValueForm<readonly string[]> = eitherForm<readonly string[]>(
  mappedForm(textForm(), (text) => [text]),
  listForm(textForm()),
);

const boundForm: ValueForm<number | string> = eitherForm<number | string>(
  numberForm({ min: -9e15, max: 9e15 }),
  textForm(),
);

/** The hints of a column, in the order in which they are listed to users. */
export const columnHintForms: HintForms<ColumnHints> = {
  generator: {
    description:
      'Makes the texts of a column with a generator that has a name: email gives what a column called email has.',
    expected: `one of ${generatorNames.join(', ')}`,
    form: choiceForm(generatorNames),
    snippet: `\${1|${generatorNames.join(',')}|}`,
  },
  pattern: {
    description: 'Makes texts of a fixed form: characters, classes such as [A-Z0-9], \\d, \\w, and counts such as {6}.',
    expected: 'a text such as "[A-Z]{6}"',
    form: textForm(),
    snippet: '"${1:[A-Z]{6\\}}"',
  },
  distinct: {
    description: 'No value occurs twice, though no unique test asks for it.',
    expected: 'true or false',
    form: booleanForm,
    snippet: 'true',
  },
  weights: {
    description:
      'How often each value occurs, relative to the others. A value that is not named does not occur; for a text column they are the list of its values.',
    expected: 'a mapping of values to numbers, not all of them 0',
    form: weightsForm,
    snippet: '{ ${1:a}: ${2:3}, ${3:b}: ${4:1} }',
  },
  null_rate: {
    description: 'The share of the rows in which the column is empty.',
    expected: 'a number from 0 to 1',
    form: numberForm({ min: 0, max: 1 }),
    snippet: '${1:0.1}',
  },
  min: {
    description: 'The least value: a number, or a date or time.',
    expected: 'a number or a date',
    form: boundForm,
    snippet: '${1:0}',
  },
  max: {
    description: 'The greatest value: a number, or a date or time. A date counts to its last second.',
    expected: 'a number or a date',
    form: boundForm,
    snippet: '${1:100}',
  },
  distribution: {
    description:
      'The shape of a number column, cut off at its min and max. zipf gives whole numbers, the least most often; empirical interpolates between sample values.',
    expected:
      'uniform, {name: normal, mean, deviation}, {name: lognormal, median, sigma}, {name: zipf, exponent} or {name: empirical, values: [numbers]} with sizes above 0',
    form: distributionForm,
    snippet: '{ name: ${1|lognormal,normal|}, ${2:median: 50, sigma: 0.8} }',
  },
  growth: {
    description: 'How much denser times lie every 30 days: 0.1 is 10 % more, -0.1 is 10 % less.',
    expected: 'a number above -1, up to 10',
    form: numberForm({ above: -1, max: 10 }),
    snippet: '${1:0.1}',
  },
  weekdays: {
    description: 'How often each weekday occurs, relative to the others; one that is not named has the weight 1.',
    expected: `a mapping of ${weekdayNames.join(', ')} to numbers, not all of them 0`,
    form: namedWeightsForm(weekdayNames),
    snippet: '{ ${1:sat}: ${2:2}, ${3:sun}: ${4:2} }',
  },
  hours: {
    description:
      'How often each hour of the day occurs, relative to the others; one that is not named has the weight 1.',
    expected: 'a mapping of the hours "0" to "23" to numbers, not all of them 0',
    form: namedWeightsForm(Array.from({ length: 24 }, (_, hour) => String(hour))),
    snippet: '{ "${1:20}": ${2:3} }',
  },
  after: {
    description:
      'Not before another column of the row (created_at) or of the parent row (players.created_at); of several, not before the latest.',
    expected: 'a column, table.column, or a list of them',
    form: textsForm,
    snippet: '${1:created_at}',
  },
  within: {
    description: 'With after: at most this much later.',
    expected: 'a span such as "30 days" or "12 hours"',
    form: textForm(spanPattern),
    snippet: '${1:30} ${2|days,hours,minutes,weeks|}',
  },
  equals: {
    description:
      'The same value as another column of the row, of its parent row, or of the one row of another table that refers to it.',
    expected: 'a column or table.column',
    form: textForm(),
    snippet: '${1:players.created_at}',
  },
  sums_to: {
    description:
      'The values of all rows of a parent sum to this column of the parent. The key to the parent needs a fan_out with a min of 1 or more and a max.',
    expected: 'a column of the parent, as table.column',
    form: textForm(),
    snippet: '${1:orders.total}',
  },
  where: {
    description: 'With a relationship: only parents for which this holds are referred to.',
    expected: 'a column that is true, "not column", or {column: value}',
    form: conditionForm,
    snippet: '${1:is_active}',
  },
  one_to_one: {
    description: 'With a relationship: no parent is referred to twice.',
    expected: 'true or false',
    form: booleanForm,
    snippet: 'true',
  },
  fan_out: {
    description:
      'With a relationship: how the rows spread over the parents. even treats all alike; zipf, lognormal and empirical make some more popular than others; min and max bound the number of rows of each parent.',
    expected:
      'even, {name: zipf, exponent}, {name: lognormal, sigma}, {name: empirical, values: [numbers]} or {min, max} with whole numbers',
    form: fanOutForm,
    snippet: '{ ${1:min: 1, max: 5} }',
  },
} satisfies Readonly<Record<HintName, HintForm<unknown>>>;

/** The hints of a table. */
export const tableHintForms: HintForms<TableHints> = {
  rows: {
    description: 'How many rows are made, unless whoever generates says so.',
    expected: 'a whole number, 0 or more',
    form: numberForm({ min: 0, max: 1e9, whole: true }),
    snippet: '${1:1000}',
  },
};
