import { Arguments } from '../library/arguments.ts';
import { dictOf, type JinjaDict } from '../values/dict.ts';
import { hostFunction, type JinjaValue } from '../values/value.ts';
import { reFlags } from './pattern.ts';
import { compilePattern, patternFunctions } from './patternObject.ts';

const compile = hostFunction('compile', (args, kwargs) => {
  const given = new Arguments('compile', ['pattern', 'flags'], { args, kwargs });
  return compilePattern(given.required('pattern'), given.integer('flags', 0)).object();
});

const escape = hostFunction('escape', (args, kwargs) => {
  const text = new Arguments('escape', ['pattern'], { args, kwargs }).text('pattern');
  return text.replace(/[ \t\n\r\v\f#$&()*+\-.?[\\\]^{|}~]/g, (char) => `\\${char}`);
});

const functions = patternFunctions(
  (given) => compilePattern(given.required('pattern'), given.integer('flags', 0)),
  ['pattern'],
);

const shortFlags: Readonly<Record<string, keyof typeof reFlags>> = {
  A: 'ASCII',
  I: 'IGNORECASE',
  L: 'LOCALE',
  M: 'MULTILINE',
  S: 'DOTALL',
  U: 'UNICODE',
  X: 'VERBOSE',
};

/** `modules.re`: Python's functions and flags of regular expressions; the flags are plain ints. */
export const reModule: JinjaDict = dictOf({
  ...Object.fromEntries(functions.map((one) => [one.name, one])),
  compile,
  escape,
  purge: hostFunction('purge', () => null),
  NOFLAG: 0n,
  ...Object.fromEntries(
    Object.entries(shortFlags).flatMap(([short, name]): [string, JinjaValue][] => [
      [short, BigInt(reFlags[name])],
      [name, BigInt(reFlags[name])],
    ]),
  ),
});
