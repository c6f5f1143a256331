import { Arguments } from '../library/arguments.ts';
import { dictOf, type JinjaDict } from '../values/dict.ts';
import { iterate, isTruthy } from '../values/iterate.ts';
import { unsupported, valueError } from '../values/jinjaFailure.ts';
import { hostFunction, iteratorOf, tuple, type JinjaCallable, type JinjaValue, type Kwargs } from '../values/value.ts';

/** The most tuples that one call may make. */
const mostTuples = 1_000_000;

type Rows = Iterable<readonly JinjaValue[]>;

function iterating(
  name: string,
  make: (args: readonly JinjaValue[], kwargs: Kwargs) => Iterable<JinjaValue>,
): JinjaCallable {
  return hostFunction(name, (args, kwargs) => iteratorOf(make(args, kwargs), name));
}

function* tuples(rows: Rows): Iterable<JinjaValue> {
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (count > mostTuples) throw unsupported(`More than ${String(mostTuples)} tuples of itertools`);
    yield tuple(row);
  }
}

function* product(pools: readonly (readonly JinjaValue[])[]): Rows {
  const [first, ...rest] = pools;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first) for (const row of product(rest)) yield [value, ...row];
}

function* combinations(pool: readonly JinjaValue[], size: number, from: number, repeats: boolean): Rows {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, value] of pool.entries()) {
    if (at < from) continue;
    for (const row of combinations(pool, size - 1, repeats ? at : at + 1, repeats)) yield [value, ...row];
  }
}

function* permutations(pool: readonly JinjaValue[], size: number): Rows {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [at, value] of pool.entries()) {
    for (const row of permutations(pool.toSpliced(at, 1), size - 1)) yield [value, ...row];
  }
}

function* longest(sources: readonly JinjaValue[][], fill: JinjaValue): Rows {
  const length = Math.max(0, ...sources.map((source) => source.length));
  for (let at = 0; at < length; at += 1) yield sources.map((source) => source[at] ?? fill);
}

const listsOf = (args: readonly JinjaValue[]): JinjaValue[][] => args.map((arg) => [...iterate(arg)]);

const choosing = (name: string, work: (pool: readonly JinjaValue[], size: number) => Rows): JinjaCallable =>
  iterating(name, (args, kwargs) => {
    const given = new Arguments(name, ['iterable', 'r'], { args, kwargs });
    const pool = [...iterate(given.required('iterable'))];
    const size = given.integer('r', name === 'permutations' ? pool.length : undefined);
    if (size < 0) throw valueError('r must be non-negative');
    return tuples(work(pool, size));
  });

/** `start, stop, step` of `islice`, of which a single one is the stop. */
function* slice(args: readonly JinjaValue[]): Iterable<JinjaValue> {
  const [source = null, ...bounds] = args;
  const numbers = bounds.map((bound) => (bound === null ? undefined : Number(bound)));
  const [start = 0, stop = Number.POSITIVE_INFINITY, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  if (![start, stop, step].every((one) => one >= 0) || step < 1) {
    throw valueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  }
  let at = 0;
  let next = start;
  if (at >= stop) return;
  for (const value of iterate(source)) {
    if (at === next) {
      yield value;
      next += step;
    }
    at += 1;
    if (at >= stop) return;
  }
}

function* selected(values: JinjaValue, selectors: JinjaValue): Iterable<JinjaValue> {
  const keep = [...iterate(selectors)];
  for (const [at, value] of [...iterate(values)].entries()) {
    const selector = keep[at];
    if (selector !== undefined && isTruthy(selector)) yield value;
  }
}

/** `modules.itertools`: what dbt lends of it and what ends (dbt-core: context/base.py, get_itertools_module_context). */
export const itertoolsModule: JinjaDict = dictOf({
  chain: iterating('chain', function* (args) {
    for (const source of args) yield* iterate(source);
  }),
  compress: iterating('compress', ([values = null, selectors = null]) => selected(values, selectors)),
  islice: iterating('islice', slice),
  zip_longest: iterating('zip_longest', (args, kwargs) =>
    tuples(longest(listsOf(args), kwargs.get('fillvalue') ?? null)),
  ),
  product: iterating('product', (args, kwargs) => {
    const repeat = new Arguments('product', ['repeat'], { args: [], kwargs }).integer('repeat', 1);
    const pools = listsOf(args);
    return tuples(product(Array.from({ length: repeat }, () => pools).flat()));
  }),
  permutations: choosing('permutations', permutations),
  combinations: choosing('combinations', (pool, size) => combinations(pool, size, 0, false)),
  combinations_with_replacement: choosing('combinations_with_replacement', (pool, size) =>
    combinations(pool, size, 0, true),
  ),
  repeat: iterating('repeat', function* (args, kwargs) {
    const given = new Arguments('repeat', ['object', 'times'], { args, kwargs });
    const value = given.required('object');
    const times = given.integer('times');
    for (let at = 0; at < times; at += 1) yield value;
  }),
});
