import { undefinedFailure } from '../values/undefinedFailure.ts';
import { contains, equals, isOrdered, type OrderOperator } from '../values/compare.ts';
import { displayText } from '../values/display.ts';
import { isIterable, lengthOf } from '../values/iterate.ts';
import { asFloat, asInteger } from '../values/numbers.ts';
import { binary } from '../values/operators.ts';
import { isCompound, isUndefined, type JinjaValue } from '../values/value.ts';
import { Arguments } from './arguments.ts';
import type { LibraryContext, TestFunction } from './libraryFunction.ts';
import { isCased } from './pythonText.ts';

const plain =
  (name: string, test: (value: JinjaValue) => boolean): TestFunction =>
  (input, given) => {
    new Arguments(name, [], given);
    return test(input);
  };

const against =
  (name: string, test: (value: JinjaValue, other: JinjaValue) => boolean): TestFunction =>
  (input, given) =>
    test(input, new Arguments(name, ['other'], given).required('other'));

const ordering = (operator: OrderOperator): TestFunction => against(operator, (a, b) => isOrdered(a, operator, b));

const remainder =
  (name: string, divisor: bigint, wanted: bigint): TestFunction =>
  (input, given, context) => {
    new Arguments(name, [], given);
    return equals(modulo(input, divisor, context), wanted);
  };

const modulo = (input: JinjaValue, divisor: JinjaValue, { site }: LibraryContext): JinjaValue =>
  binary('%', input, divisor, site.runtime);

const divisible: TestFunction = (input, given, context) =>
  equals(modulo(input, new Arguments('divisibleby', ['num'], given).required('num'), context), 0n);

function isMapping(value: JinjaValue): boolean {
  return isCompound(value) && (value.kind === 'dict' || (value.kind === 'object' && value.isMapping === true));
}

/** Has a length and can be indexed. */
function isSequence(value: JinjaValue): boolean {
  if (typeof value === 'string') return true;
  if (!isCompound(value)) return false;
  if (value.kind === 'set' || (value.kind === 'view' && !value.indexable)) return false;
  return value.kind !== 'object'
    ? lengthOf(value) !== undefined
    : value.length !== undefined && value.getItem !== undefined;
}

/** The same object; small values are the same when they are equal and of one type. */
function isSame(left: JinjaValue, right: JinjaValue): boolean {
  return Object.is(left, right);
}

function isCallable(value: JinjaValue): boolean {
  if (!isCompound(value)) return false;
  if (isUndefined(value)) throw undefinedFailure(value);
  return value.kind === 'callable' || (value.kind === 'object' && value.call !== undefined);
}

const isUpper = (value: JinjaValue): boolean => {
  const text = displayText(value);
  return isCased(text) && text === text.toUpperCase();
};

const isLower = (value: JinjaValue): boolean => {
  const text = displayText(value);
  return isCased(text) && text === text.toLowerCase();
};

const equalTo = against('eq', (a, b) => equals(a, b));
const notEqualTo = against('ne', (a, b) => !equals(a, b));

/** The tests of Jinja2 3.1, by name. */
export const tests: ReadonlyMap<string, TestFunction> = new Map<string, TestFunction>([
  ['odd', remainder('odd', 2n, 1n)],
  ['even', remainder('even', 2n, 0n)],
  ['divisibleby', divisible],
  ['defined', plain('defined', (value) => !isUndefined(value))],
  ['undefined', plain('undefined', isUndefined)],
  ['filter', (input, _given, context) => context.filters.has(displayText(input))],
  ['test', (input, _given, context) => context.tests.has(displayText(input))],
  ['none', plain('none', (value) => value === null)],
  ['boolean', plain('boolean', (value) => typeof value === 'boolean')],
  ['false', plain('false', (value) => value === false)],
  ['true', plain('true', (value) => value === true)],
  ['integer', plain('integer', (value) => typeof value === 'bigint')],
  ['float', plain('float', (value) => typeof value === 'number')],
  ['number', plain('number', (value) => asInteger(value) !== undefined || asFloat(value) !== undefined)],
  ['string', plain('string', (value) => typeof value === 'string')],
  ['lower', plain('lower', isLower)],
  ['upper', plain('upper', isUpper)],
  ['mapping', plain('mapping', isMapping)],
  ['sequence', plain('sequence', isSequence)],
  ['iterable', plain('iterable', isIterable)],
  ['callable', plain('callable', isCallable)],
  ['sameas', against('sameas', isSame)],
  ['escaped', plain('escaped', () => false)],
  ['in', against('in', (value, container) => contains(container, value))],
  ['==', equalTo],
  ['eq', equalTo],
  ['equalto', equalTo],
  ['!=', notEqualTo],
  ['ne', notEqualTo],
  ['>', ordering('>')],
  ['gt', ordering('>')],
  ['greaterthan', ordering('>')],
  ['>=', ordering('>=')],
  ['ge', ordering('>=')],
  ['<', ordering('<')],
  ['lt', ordering('<')],
  ['lessthan', ordering('<')],
  ['<=', ordering('<=')],
  ['le', ordering('<=')],
]);

/** For the parser: which tests there are. */
export const testNames = { has: (name: string): boolean => tests.has(name), [Symbol.iterator]: () => tests.keys() };
