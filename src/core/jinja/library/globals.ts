import { displayText } from '../values/display.ts';
import { JinjaDict } from '../values/dict.ts';
import { argumentError, failure, unsupported, valueError } from '../values/jinjaFailure.ts';
import { asInteger } from '../values/numbers.ts';
import { hostFunction, type JinjaCallable, type JinjaObject, type JinjaValue } from '../values/value.ts';
import { rangeView } from '../values/views.ts';
import { pairsOf } from './containerMethods.ts';

/** Jinja's sandbox makes no longer ranges (jinja2.sandbox.MAX_RANGE). */
const maxRange = 100_000;

const range = hostFunction('range', (args, kwargs) => {
  if (kwargs.size > 0) throw argumentError('range() takes no keyword arguments');
  const numbers = args.map((value) => {
    const integer = asInteger(value);
    if (integer === undefined) throw argumentError('range() takes integers');
    return integer;
  });
  const [first, second, third] = numbers;
  if (first === undefined || numbers.length > 3) throw argumentError('range() takes 1 to 3 arguments');
  const step = third ?? 1n;
  if (step === 0n) throw valueError('range() arg 3 must not be zero');
  const start = second === undefined ? 0n : first;
  const stop = second ?? first;
  if ((stop - start) / step > BigInt(maxRange)) throw failure('jinja.tooLarge', { what: 'a range', limit: maxRange });
  return rangeView(start, stop, step);
});

const dict = hostFunction('dict', (args, kwargs) => {
  if (args.length > 1) throw argumentError('dict() takes at most one positional argument');
  const [from] = args;
  const made = new JinjaDict(from === undefined ? [] : pairsOf(from));
  for (const [key, value] of kwargs) made.set(key, value);
  return made;
});

const namespace = hostFunction('namespace', (args, kwargs): JinjaObject => {
  const [from] = args;
  const attributes = new Map<string, JinjaValue>();
  if (from !== undefined) for (const [key, value] of pairsOf(from)) attributes.set(displayText(key), value);
  for (const [key, value] of kwargs) attributes.set(key, value);
  return {
    kind: 'object',
    typeName: 'Namespace',
    display: () => `<Namespace ${displayText(new JinjaDict(attributes))}>`,
    getAttr: (name) => attributes.get(name),
    setAttr: (name, value) => void attributes.set(name, value),
  };
});

const cycler = hostFunction('cycler', (items): JinjaObject => {
  if (items.length === 0) throw argumentError('at least one item has to be provided');
  let at = 0;
  const current = (): JinjaValue => items[at] ?? null;
  const next = hostFunction('next', () => {
    const value = current();
    at = (at + 1) % items.length;
    return value;
  });
  const reset = hostFunction('reset', () => {
    at = 0;
    return null;
  });
  return {
    kind: 'object',
    typeName: 'Cycler',
    display: () => '<Cycler object>',
    getAttr: (name) => (name === 'current' ? current() : name === 'next' ? next : name === 'reset' ? reset : undefined),
  };
});

const joiner = hostFunction('joiner', (args, kwargs): JinjaCallable => {
  const separator = args[0] ?? kwargs.get('sep') ?? ', ';
  let isUsed = false;
  return hostFunction('joiner', () => {
    if (isUsed) return separator;
    isUsed = true;
    return '';
  });
});

const lipsum = hostFunction('lipsum', () => {
  throw unsupported('lipsum(), which gives random text,');
});

/** The names that Jinja2 itself defines in every template. */
export const jinjaGlobals: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>(
  [range, dict, namespace, cycler, joiner, lipsum].map((value) => [value.name, value]),
);
