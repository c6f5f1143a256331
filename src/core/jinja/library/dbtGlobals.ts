import { displayText } from '../values/display.ts';
import { isIterable, iterate } from '../values/iterate.ts';
import { failure, JinjaFailure, typeError } from '../values/jinjaFailure.ts';
import { JinjaSet } from '../values/set.ts';
import { hostFunction, isCompound, iteratorOf, tuple, typeName, type JinjaValue } from '../values/value.ts';
import { MacroReturn } from '../runtime/macroReturn.ts';
import { Arguments } from './arguments.ts';
import { fromJson, toJson } from './json.ts';

/** Ends the macro at hand with a value (dbt: context/base.py, `return`). */
const returnFunction = hostFunction('return', (args, kwargs, site) => {
  if (!site.runtime.inMacro) throw failure('jinja.returnOutsideMacro', {});
  throw MacroReturn.of(new Arguments('return', ['data'], { args, kwargs }).optional('data') ?? null);
});

function* zipped(sources: readonly Iterable<JinjaValue>[]): Iterable<JinjaValue> {
  const iterators = sources.map((source) => source[Symbol.iterator]());
  while (iterators.length > 0) {
    const row: JinjaValue[] = [];
    for (const iterator of iterators) {
      const step = iterator.next();
      if (step.done === true) return;
      row.push(step.value);
    }
    yield tuple(row);
  }
}

const strictZip = hostFunction('zip_strict', (args) => iteratorOf(zipped(args.map(iterate)), 'zip'));

const zip = hostFunction('zip', (args, kwargs) => {
  if (args.every(isIterable)) return iteratorOf(zipped(args.map(iterate)), 'zip');
  return kwargs.get('default') ?? null;
});

const strictSet = hostFunction(
  'set_strict',
  (args, kwargs) => new JinjaSet(iterate(new Arguments('set_strict', ['value'], { args, kwargs }).required('value'))),
);

const lenientSet = hostFunction('set', (args, kwargs) => {
  const given = new Arguments('set', ['value', 'default'], { args, kwargs });
  return withDefault(given, () => new JinjaSet(iterate(given.required('value'))));
});

const tojson = hostFunction('tojson', (args, kwargs) => {
  const given = new Arguments('tojson', ['value', 'default', 'sort_keys'], { args, kwargs });
  return withDefault(given, () => toJson(given.required('value'), { sortKeys: given.flag('sort_keys') }));
});

const fromjson = hostFunction('fromjson', (args, kwargs) => {
  const given = new Arguments('fromjson', ['string', 'default'], { args, kwargs });
  return withDefault(given, () => {
    const text = given.required('string');
    if (typeof text === 'string') return fromJson(text);
    throw typeError(`the JSON object must be str, not ${isCompound(text) ? typeName(text) : displayText(text)}`);
  });
});

/** dbt's functions give their default when the value does not fit, and fail for nothing else. */
function withDefault(given: Arguments, work: () => JinjaValue): JinjaValue {
  given.optional('default');
  try {
    return work();
  } catch (error) {
    const isExpected =
      error instanceof JinjaFailure && (error.code === 'jinja.typeError' || error.code === 'jinja.valueError');
    if (isExpected) return given.optional('default') ?? null;
    throw error;
  }
}

/** Functions of dbt's context that need nothing but their arguments; the project adds the others. */
export const dbtGlobals: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>(
  [returnFunction, zip, strictZip, lenientSet, strictSet, tojson, fromjson].map((value) => [value.name, value]),
);
