import { Arguments } from '../library/arguments.ts';
import { callValue } from '../runtime/callValue.ts';
import type { CallSite } from '../runtime/callSite.ts';
import { reprText } from '../values/display.ts';
import { dictOf } from '../values/dict.ts';
import { typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import {
  hostFunction,
  isCompound,
  iteratorOf,
  list,
  noKwargs,
  tuple,
  typeName,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
} from '../values/value.ts';
import { repetitionsOf, takesTooLong } from './endlessPattern.ts';
import { matchObject, type Found } from './matchObject.ts';
import { reFlags, translatePattern, type CompiledPattern } from './pattern.ts';
import { expandReplacement } from './replacement.ts';

/** A Python `re.Pattern`. */
export interface PatternObject extends JinjaObject {
  readonly pattern: CompiledPattern;
}

const isPattern = (value: JinjaValue): value is PatternObject =>
  isCompound(value) && value.kind === 'object' && 'pattern' in value;

/** `re.compile`; fails for what is no pattern. */
export function compilePattern(value: JinjaValue, bits: number): CompiledPattern {
  if (isPattern(value)) {
    if (bits !== 0) throw valueError('cannot process flags argument with a compiled pattern');
    return value.pattern;
  }
  if (typeof value !== 'string')
    throw typeError(`first argument must be string or compiled pattern, not ${typeName(value)}`);
  const translated = translatePattern(value, bits);
  const repetitions = repetitionsOf(value, translated.bits);
  if (repetitions.isEndless) {
    throw unsupported(`The pattern ${reprText(value)}, a repetition of a repetition that may never end,`);
  }
  const expression = (flags: string, end = ''): RegExp => {
    try {
      return new RegExp(end === '' ? translated.source : `(?:${translated.source})${end}`, translated.flags + flags);
    } catch (error) {
      throw valueError(`the pattern ${reprText(value)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  expression('');
  const pattern: CompiledPattern = {
    written: value,
    bits: translated.bits,
    names: translated.names,
    expression,
    check: (text) => {
      if (takesTooLong(repetitions, text))
        throw unsupported(
          `The pattern ${reprText(value)}, whose repetitions may take the same characters in too many ways, on a text of ${String(text.length)} characters`,
        );
    },
    object: () => patternObject(pattern, translated.groups),
  };
  return pattern;
}

function patternObject(pattern: CompiledPattern, groups: number): PatternObject {
  const { written, bits, names } = pattern;
  const functions = new Map(patternFunctions(() => pattern, []).map((one) => [one.name, one]));
  const members = new Map<string, JinjaValue>([
    ['pattern', written],
    ['flags', BigInt(bits)],
    ['groups', BigInt(groups)],
    ['groupindex', dictOf(Object.fromEntries([...names].map(([name, at]) => [name, BigInt(at)])))],
    ...functions,
  ]);
  return {
    kind: 'object',
    typeName: 're.Pattern',
    pattern,
    display: () => {
      const shown = Object.entries(reFlags).filter(([name, bit]) => name !== 'UNICODE' && (bits & bit) !== 0);
      return `re.compile(${[reprText(written), shown.map(([name]) => `re.${name}`).join('|')].filter(Boolean).join(', ')})`;
    },
    getAttr: (name) => members.get(name),
    equals: (other) => isPattern(other) && other.pattern.written === written && other.pattern.bits === bits,
    hashKey: () => `pattern ${String(bits)} ${written}`,
  };
}

/**
 * The functions of a pattern and of the module, which takes the pattern first: `take` gives the pattern of a call's
 * arguments, and `before` names the parameters that stand in front.
 */
export function patternFunctions(
  take: (given: Arguments) => CompiledPattern,
  before: readonly string[],
): readonly JinjaCallable[] {
  const flags = before.length === 0 ? [] : ['flags'];
  const make = (
    name: string,
    parameters: readonly string[],
    work: (pattern: CompiledPattern, given: Arguments, site: CallSite) => JinjaValue,
  ): JinjaCallable =>
    hostFunction(name, (args, kwargs, site) => {
      const given = new Arguments(name, [...before, ...parameters, ...flags], { args, kwargs });
      const pattern = take(given);
      site.runtime.work(given.text('string').length);
      pattern.check(given.text('string'));
      return work(pattern, given, site);
    });
  const first = (name: string, sticky: string, end?: string): JinjaCallable =>
    make(name, ['string'], (pattern, given) => {
      const text = given.text('string');
      const match = pattern.expression(`d${sticky}`, end).exec(text);
      return match === null ? null : matchObject(foundOf(match, text, pattern));
    });
  return [
    first('match', 'y'),
    first('search', ''),
    first('fullmatch', 'y', '(?![^])'),
    make('findall', ['string'], (pattern, given) =>
      list(all(pattern, given.text('string')).map(({ groups }) => shown(groups))),
    ),
    make('finditer', ['string'], (pattern, given) =>
      iteratorOf(all(pattern, given.text('string')).map(matchObject), 'callable_iterator'),
    ),
    make('split', ['string', 'maxsplit'], split),
    make('sub', ['repl', 'string', 'count'], (pattern, given, site) => replaced(pattern, given, site).text),
    make('subn', ['repl', 'string', 'count'], (pattern, given, site) => {
      const { text, count } = replaced(pattern, given, site);
      return tuple([text, BigInt(count)]);
    }),
  ];
}

function foundOf(match: RegExpExecArray | RegExpMatchArray, text: string, pattern: CompiledPattern): Found {
  return { text, groups: [...match], spans: [...(match.indices ?? [])], pattern };
}

function all(pattern: CompiledPattern, text: string): Found[] {
  return Array.from(text.matchAll(pattern.expression('dg')), (match) => foundOf(match, text, pattern));
}

/** What `findall` gives of a match: the whole, the only group, or a tuple of the groups. */
function shown(groups: Found['groups']): JinjaValue {
  const texts = groups.map((one) => one ?? '');
  const [whole = '', only = ''] = texts;
  return texts.length === 1 ? whole : texts.length === 2 ? only : tuple(texts.slice(1));
}

function split(pattern: CompiledPattern, given: Arguments): JinjaValue {
  const text = given.text('string');
  const limit = given.integer('maxsplit', 0);
  const items: JinjaValue[] = [];
  let at = 0;
  for (const { groups, spans } of limited(all(pattern, text), limit)) {
    const [from, to] = spans[0] ?? [0, 0];
    items.push(text.slice(at, from), ...groups.slice(1).map((one) => one ?? null));
    at = to;
  }
  return list([...items, text.slice(at)]);
}

function limited(found: readonly Found[], limit: number): readonly Found[] {
  return limit === 0 ? found : found.slice(0, Math.max(0, limit));
}

function replaced(
  pattern: CompiledPattern,
  given: Arguments,
  site: CallSite,
): { readonly text: string; readonly count: number } {
  const text = given.text('string');
  const replacement = given.required('repl');
  const matches = limited(all(pattern, text), given.integer('count', 0));
  let made = '';
  let at = 0;
  for (const found of matches) {
    const [from, to] = found.spans[0] ?? [0, 0];
    made += text.slice(at, from) + replacementOf(replacement, found, site);
    site.runtime.checkText(made.length);
    at = to;
  }
  return { text: made + text.slice(at), count: matches.length };
}

function replacementOf(replacement: JinjaValue, found: Found, site: CallSite): string {
  if (typeof replacement === 'string') return expandReplacement(replacement, found);
  const value = callValue(replacement, [matchObject(found)], noKwargs, site);
  if (typeof value === 'string') return value;
  throw typeError(`sequence item 0: expected str instance, ${typeName(value)} found`);
}
