import type { Runtime } from '../runtime/runtime.ts';
import { displayText } from '../values/display.ts';
import { iterate } from '../values/iterate.ts';
import { typeError, valueError } from '../values/jinjaFailure.ts';
import { characters, textLength, textSlice } from '../values/text.ts';
import { isCompound, list, tuple, typeName, type JinjaValue } from '../values/value.ts';
import { Arguments, type GivenArguments } from './arguments.ts';
import { capitalize, isCased, splitLines, splitText, strip, swapCase, titleCase } from './pythonText.ts';

/** A method of a value: gets the value, the arguments as given, and the render it runs in. */
export type Method<T> = (self: T, given: GivenArguments, runtime: Runtime) => JinjaValue;

type TextCase = (text: string) => string;

const changing =
  (name: string, change: TextCase): Method<string> =>
  (self, given) => {
    new Arguments(name, [], given);
    return change(self);
  };

const asking =
  (name: string, test: (text: string) => boolean): Method<string> =>
  (self, given) => {
    new Arguments(name, [], given);
    return test(self);
  };

const stripping =
  (name: string, sides: 'left' | 'right' | 'both'): Method<string> =>
  (self, given) =>
    strip(self, new Arguments(name, ['chars'], given).optionalText('chars'), sides);

const padding =
  (name: string, pad: (text: string, missing: number, fill: string) => string): Method<string> =>
  (self, given, runtime) => {
    const args = new Arguments(name, ['width', 'fillchar'], given);
    const missing = args.integer('width') - textLength(self);
    const fill = args.text('fillchar', ' ');
    if (textLength(fill) !== 1) throw typeError('The fill character must be exactly one character long');
    if (missing <= 0) return self;
    runtime.checkText(self.length + missing);
    return pad(self, missing, fill);
  };

const edge =
  (name: string, test: (text: string, part: string) => boolean): Method<string> =>
  (self, given) => {
    const args = new Arguments(name, ['prefix', 'start', 'end'], given);
    const text = within(self, args);
    const part = args.required('prefix');
    const parts = isCompound(part) && part.kind === 'tuple' ? part.items : [part];
    return parts.some((one) => {
      if (typeof one !== 'string')
        throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(one)}`);
      return test(text, one);
    });
  };

/** The part of a text that `start` and `end` select, counted as Python counts. */
function within(text: string, args: Arguments): string {
  const start = args.optionalInteger('start');
  const end = args.optionalInteger('end');
  return start === undefined && end === undefined ? text : textSlice(text, start ?? 0, end);
}

const searching =
  (name: string, last: boolean, mustBeThere: boolean): Method<string> =>
  (self, given) => {
    const args = new Arguments(name, ['sub', 'start', 'end'], given);
    const text = within(self, args);
    const at = last ? text.lastIndexOf(args.text('sub')) : text.indexOf(args.text('sub'));
    if (at === -1) {
      if (mustBeThere) throw valueError('substring not found');
      return -1n;
    }
    const start = args.optionalInteger('start') ?? 0;
    const offset = start < 0 ? Math.max(0, textLength(self) + start) : start;
    return BigInt(textLength(text.slice(0, at)) + offset);
  };

const splitting =
  (name: string, fromRight: boolean): Method<string> =>
  (self, given, runtime) => {
    const args = new Arguments(name, ['sep', 'maxsplit'], given);
    const separator = args.optionalText('sep');
    if (separator === '') throw valueError('empty separator');
    const parts = splitText(self, separator, args.integer('maxsplit', -1), fromRight);
    runtime.checkItems(parts.length);
    return list(parts);
  };

const partitioning =
  (name: string, last: boolean): Method<string> =>
  (self, given) => {
    const separator = new Arguments(name, ['sep'], given).text('sep');
    if (separator === '') throw valueError('empty separator');
    const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at === -1) return tuple(last ? ['', '', self] : [self, '', '']);
    return tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  };

const join: Method<string> = (self, given, runtime) => {
  const parts: string[] = [];
  let length = 0;
  for (const item of iterate(new Arguments('join', ['iterable'], given).required('iterable'))) {
    if (typeof item !== 'string') {
      throw typeError(`sequence item ${String(parts.length)}: expected str instance, ${typeName(item)} found`);
    }
    parts.push(item);
    length += item.length + self.length;
    runtime.checkText(length, item.length + self.length);
  }
  return parts.join(self);
};

const replace: Method<string> = (self, given, runtime) => {
  const args = new Arguments('replace', ['old', 'new', 'count'], given);
  return replaceText(self, args.text('old'), args.text('new'), args.integer('count', -1), runtime);
};

/** Python's `str.replace`; a negative count replaces all. */
export function replaceText(text: string, old: string, replacement: string, count: number, runtime: Runtime): string {
  if (count === 0) return text;
  const pieces = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const most = count < 0 ? pieces.length - 1 : Math.min(count, pieces.length - 1);
  runtime.checkText(text.length + most * replacement.length);
  const head = pieces.slice(0, most + 1).join(replacement);
  return most === pieces.length - 1 ? head : head + old + pieces.slice(most + 1).join(old);
}

const count: Method<string> = (self, given) => {
  const args = new Arguments('count', ['sub', 'start', 'end'], given);
  const part = args.text('sub');
  const text = within(self, args);
  return BigInt(part === '' ? textLength(text) + 1 : text.split(part).length - 1);
};

const zfill: Method<string> = (self, given, runtime) => {
  const missing = new Arguments('zfill', ['width'], given).integer('width') - textLength(self);
  if (missing <= 0) return self;
  runtime.checkText(self.length + missing);
  const signed = /^[+-]/.test(self);
  return signed ? self.charAt(0) + '0'.repeat(missing) + self.slice(1) : '0'.repeat(missing) + self;
};

const center = (text: string, missing: number, fill: string): string => {
  // CPython puts the odd one left when both the missing count and the width are odd.
  const width = textLength(text) + missing;
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
};

const affix =
  (
    name: string,
    has: (text: string, part: string) => boolean,
    cut: (text: string, size: number) => string,
  ): Method<string> =>
  (self, given) => {
    const part = new Arguments(name, ['affix'], given).text('affix');
    return part !== '' && has(self, part) ? cut(self, part.length) : self;
  };

const every =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/** Methods of str that templates may call. */
export const stringMethods: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ['upper', changing('upper', (text) => text.toUpperCase())],
  ['lower', changing('lower', (text) => text.toLowerCase())],
  ['casefold', changing('casefold', (text) => text.toLowerCase().replaceAll('ß', 'ss'))],
  ['title', changing('title', titleCase)],
  ['capitalize', changing('capitalize', capitalize)],
  ['swapcase', changing('swapcase', swapCase)],
  ['strip', stripping('strip', 'both')],
  ['lstrip', stripping('lstrip', 'left')],
  ['rstrip', stripping('rstrip', 'right')],
  ['ljust', padding('ljust', (text, missing, fill) => text + fill.repeat(missing))],
  ['rjust', padding('rjust', (text, missing, fill) => fill.repeat(missing) + text)],
  ['center', padding('center', center)],
  ['zfill', zfill],
  ['startswith', edge('startswith', (text, part) => text.startsWith(part))],
  ['endswith', edge('endswith', (text, part) => text.endsWith(part))],
  [
    'removeprefix',
    affix(
      'removeprefix',
      (text, part) => text.startsWith(part),
      (text, size) => text.slice(size),
    ),
  ],
  [
    'removesuffix',
    affix(
      'removesuffix',
      (text, part) => text.endsWith(part),
      (text, size) => text.slice(0, -size),
    ),
  ],
  ['find', searching('find', false, false)],
  ['rfind', searching('rfind', true, false)],
  ['index', searching('index', false, true)],
  ['rindex', searching('rindex', true, true)],
  ['count', count],
  ['split', splitting('split', false)],
  ['rsplit', splitting('rsplit', true)],
  ['partition', partitioning('partition', false)],
  ['rpartition', partitioning('rpartition', true)],
  [
    'splitlines',
    (self, given) => list(splitLines(self, new Arguments('splitlines', ['keepends'], given).flag('keepends'))),
  ],
  ['join', join],
  ['replace', replace],
  ['isdigit', asking('isdigit', every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]+$/u))],
  ['isdecimal', asking('isdecimal', every(/^\p{Nd}+$/u))],
  ['isnumeric', asking('isnumeric', every(/^\p{N}+$/u))],
  ['isalpha', asking('isalpha', every(/^\p{L}+$/u))],
  ['isalnum', asking('isalnum', every(/^[\p{L}\p{N}]+$/u))],
  ['isspace', asking('isspace', every(/^\s+$/u))],
  ['isidentifier', asking('isidentifier', every(/^[\p{L}_][\p{L}\p{N}_]*$/u))],
  ['isascii', asking('isascii', (text) => Array.from(text).every((one) => one < '\u0080'))],
  ['isupper', asking('isupper', (text) => isCased(text) && text === text.toUpperCase())],
  ['islower', asking('islower', (text) => isCased(text) && text === text.toLowerCase())],
  ['istitle', asking('istitle', (text) => isCased(text) && text === titleCase(text))],
]);

/** `str(value)` joined to a text: what `~` does. */
export function concatenate(values: readonly JinjaValue[], runtime: Runtime): string {
  const texts = values.map(displayText);
  runtime.checkText(texts.reduce((sum, text) => sum + text.length, 0));
  return texts.join('');
}
