import { displayText, reprText } from '../values/display.ts';
import { formatValue } from '../values/formatSpec.ts';
import { typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import { asFloat, parseFloatText } from '../values/numbers.ts';
import { percentFormat } from '../values/percentFormat.ts';
import { textLength, textSlice } from '../values/text.ts';
import { isCompound, isUndefined, tuple, typeName, type JinjaValue } from '../values/value.ts';
import { Arguments } from './arguments.ts';
import { undefinedFailure } from '../values/undefinedFailure.ts';
import { JinjaDict } from '../values/dict.ts';
import type { FilterFunction } from './libraryFunction.ts';
import { capitalize, splitLines, strip } from './pythonText.ts';
import { replaceText, stringMethods } from './stringMethods.ts';
import { wrapText } from './wordWrap.ts';

const changing =
  (name: string, change: (text: string) => string): FilterFunction =>
  (input, given) => {
    new Arguments(name, [], given);
    return change(displayText(input));
  };

/** The input as a text that Python would treat as one; numbers and others fail there too. */
function textInput(name: string, input: JinjaValue): string {
  if (typeof input === 'string') return input;
  if (isUndefined(input)) throw undefinedFailure(input);
  throw typeError(`the filter '${name}' works on strings, not on ${typeName(input)}: convert with |string first`);
}

const titleWords = (text: string): string =>
  text
    .split(/([-\s({[<]+)/)
    .map((word) => capitalize(word))
    .join('');

const indent: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('indent', ['s', 'width', 'first', 'blank'], withInput(input, given));
  const width = args.optional('width') ?? 4n;
  if (typeof width !== 'string') site.runtime.checkText(args.integer('width', 4));
  const indention = typeof width === 'string' ? width : ' '.repeat(Math.max(0, args.integer('width', 4)));
  const lines = splitLines(`${textInput('indent', input)}\n`);
  site.runtime.checkText(lines.length * indention.length);
  const [head = '', ...rest] = lines;
  const blank = args.flag('blank');
  const indented = [head, ...rest.map((line) => (line === '' && !blank ? line : indention + line))].join('\n');
  return args.flag('first') ? indention + indented : indented;
};

const withInput = (
  input: JinjaValue,
  given: { readonly args: readonly JinjaValue[]; readonly kwargs: ReadonlyMap<string, JinjaValue> },
): { readonly args: readonly JinjaValue[]; readonly kwargs: ReadonlyMap<string, JinjaValue> } => ({
  args: [input, ...given.args],
  kwargs: given.kwargs,
});

const truncate: FilterFunction = (input, given) => {
  const args = new Arguments('truncate', ['length', 'killwords', 'end', 'leeway'], given);
  const text = textInput('truncate', input);
  const end = args.text('end', '...');
  const length = args.integer('length', 255);
  if (length < textLength(end))
    throw valueError(`expected length >= ${String(textLength(end))}, got ${String(length)}`);
  if (textLength(text) <= length + (args.optionalInteger('leeway') ?? 5)) return text;
  const cut = textSlice(text, 0, length - textLength(end));
  if (args.flag('killwords')) return cut + end;
  const space = cut.lastIndexOf(' ');
  return (space === -1 ? cut : cut.slice(0, space)) + end;
};

const replace: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('replace', ['old', 'new', 'count'], given);
  const count = args.optionalInteger('count') ?? -1;
  const old = displayText(args.required('old'));
  return replaceText(displayText(input), old, displayText(args.required('new')), count, site.runtime);
};

const format: FilterFunction = (input, { args, kwargs }, { site }) => {
  if (args.length > 0 && kwargs.size > 0)
    throw typeError("can't handle positional and keyword arguments at the same time");
  const values = kwargs.size > 0 ? new JinjaDict(kwargs) : tuple(args);
  return percentFormat(displayText(input), values, (length) => site.runtime.checkText(length));
};

const center: FilterFunction = (input, given, { site }) => {
  const width = BigInt(new Arguments('center', ['width'], given).integer('width', 80));
  const method = stringMethods.get('center');
  return method?.(displayText(input), { args: [width], kwargs: given.kwargs }, site.runtime) ?? null;
};

const wordWrap: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('wordwrap', ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'], given);
  const width = args.integer('width', 79);
  if (width <= 0) throw valueError(`invalid width ${String(width)} (must be > 0)`);
  const separator = args.optionalText('wrapstring') ?? '\n';
  const options = {
    width,
    breakLongWords: args.flag('break_long_words', true),
    breakOnHyphens: args.flag('break_on_hyphens', true),
  };
  const lines = splitLines(textInput('wordwrap', input)).map((line) => wrapText(line, options).join(separator));
  const wrapped = lines.join(separator);
  site.runtime.checkText(wrapped.length);
  return wrapped;
};

const sizeNames = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

const fileSize: FilterFunction = (input, given) => {
  const isBinary = new Arguments('filesizeformat', ['binary'], given).flag('binary');
  const bytes = asFloat(input) ?? (typeof input === 'string' ? parseFloatText(input) : undefined);
  if (bytes === undefined) throw valueError(`could not convert ${reprText(input)} to a number`);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${String(Math.trunc(bytes))} Bytes`;
  const at = sizeNames.findIndex((_, index) => bytes < base ** (index + 2));
  const index = at === -1 ? sizeNames.length - 1 : at;
  const prefix = sizeNames[index] ?? '';
  const name = isBinary ? `${prefix.toUpperCase()}iB` : `${prefix}B`;
  return `${formatValue((base * bytes) / base ** (index + 2), '.1f', () => undefined)} ${name}`;
};

const prettyPrint: FilterFunction = (input) => {
  const text = reprText(input);
  if (text.length > 80 && isCompound(input)) throw unsupported('The filter pprint for a value longer than a line');
  return text;
};

/** Filters that make texts from texts. */
export const textFilters: readonly (readonly [string, FilterFunction])[] = [
  ['upper', changing('upper', (text) => text.toUpperCase())],
  ['lower', changing('lower', (text) => text.toLowerCase())],
  ['capitalize', changing('capitalize', capitalize)],
  ['title', changing('title', titleWords)],
  ['string', changing('string', (text) => text)],
  [
    'trim',
    (input, given) => strip(displayText(input), new Arguments('trim', ['chars'], given).optionalText('chars'), 'both'),
  ],
  ['wordcount', (input) => BigInt((displayText(input).match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).length)],
  ['indent', indent],
  ['truncate', truncate],
  ['replace', replace],
  ['format', format],
  ['center', center],
  ['wordwrap', wordWrap],
  ['filesizeformat', fileSize],
  ['pprint', prettyPrint],
];
