import { collect, pairsOf } from '../library/containerMethods.ts';
import { getAttribute, getItem, getSlice } from '../library/attributes.ts';
import { filters } from '../library/filters.ts';
import { concatenate } from '../library/stringMethods.ts';
import { tests } from '../library/tests.ts';
import { nearestName } from '../../diagnostics/nearestName.ts';
import type {
  Arguments,
  Comparison,
  ComparisonOperator,
  Conditional,
  Expression,
  Filter,
  Item,
  Logic,
  Name,
  Test,
} from '../syntax/syntaxTree.ts';
import { contains, equals, isOrdered } from '../values/compare.ts';
import { JinjaDict } from '../values/dict.ts';
import { isTruthy, sizeOf } from '../values/iterate.ts';
import { argumentError, failure, typeError } from '../values/jinjaFailure.ts';
import { binary, signed } from '../values/operators.ts';
import { isCompound, list, noKwargs, tuple, undefinedValue, type JinjaValue, type Kwargs } from '../values/value.ts';
import { callValue } from './callValue.ts';
import { atNode, siteOf, type Frame } from './frame.ts';

/** The value of an expression. Throws `JinjaFailure`, located at the innermost expression that failed. */
export function evaluate(node: Expression, frame: Frame): JinjaValue {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'name') return lookUp(node, frame);
  return atNode(frame, node, () => evaluateNode(node, frame));
}

function evaluateNode(node: Exclude<Expression, { readonly kind: 'literal' | 'name' }>, frame: Frame): JinjaValue {
  switch (node.kind) {
    case 'list':
      return list(node.items.map((item) => evaluate(item, frame)));
    case 'tuple':
      return tuple(node.items.map((item) => evaluate(item, frame)));
    case 'dict':
      return new JinjaDict(node.entries.map((entry) => [evaluate(entry.key, frame), evaluate(entry.value, frame)]));
    case 'unary':
      if (node.operator === 'not') return !isTruthy(evaluate(node.operand, frame));
      return signed(node.operator, evaluate(node.operand, frame));
    case 'binary':
      return binary(node.operator, evaluate(node.left, frame), evaluate(node.right, frame), frame.runtime);
    case 'logic':
      return logic(node, frame);
    case 'comparison':
      return comparison(node, frame);
    case 'concatenation':
      return concatenate(
        node.parts.map((part) => evaluate(part, frame)),
        frame.runtime,
      );
    case 'conditional':
      return conditional(node, frame);
    case 'attribute':
      return getAttribute(evaluate(node.object, frame), node.name, frame.runtime);
    case 'item':
      return item(node, frame);
    case 'call':
      return withArguments(node.arguments, frame, evaluate(node.callee, frame), (callee, args, kwargs) =>
        callValue(callee, args, kwargs, siteOf(frame, node)),
      );
    case 'filter':
      if (node.input === undefined) throw new Error('a filter without an input');
      return applyFilter(node, evaluate(node.input, frame), frame);
    case 'test':
      return test(node, frame);
    case 'slice':
    case 'invalid':
      throw failure('jinja.invalidSyntax', { detail: 'This expression could not be read.' });
  }
}

function lookUp(node: Name, frame: Frame): JinjaValue {
  const value = frame.scope.get(node.name);
  if (value !== undefined) return value;
  const isOwnMacro = frame.scope.get(`dbt_macro__${node.name}`) !== undefined;
  const why = isOwnMacro ? ': dbt finds macros only in the macro-paths, so move this one to a file there' : '';
  const made = { ...undefinedValue(`'${node.name}' is undefined${why}`, node.name), isName: !isOwnMacro };
  return frame.runtime.lenientUndefined ? { ...made, lenient: true } : made;
}

function logic(node: Logic, frame: Frame): JinjaValue {
  const left = evaluate(node.left, frame);
  const isDecided = isTruthy(left) === (node.operator === 'or');
  return isDecided ? left : evaluate(node.right, frame);
}

function comparison(node: Comparison, frame: Frame): boolean {
  let left = evaluate(node.first, frame);
  for (const { operator, operand } of node.rest) {
    const right = evaluate(operand, frame);
    frame.runtime.work(comparisonSize(left, operator, right));
    if (!holds(left, operator, right)) return false;
    left = right;
  }
  return true;
}

/** How much a comparison looks at: a dict or set finds a key at once. */
function comparisonSize(left: JinjaValue, operator: ComparisonOperator, right: JinjaValue): number {
  if (operator !== 'in' && operator !== 'not in') return sizeOf(left);
  return isCompound(right) && (right.kind === 'dict' || right.kind === 'set') ? 1 : sizeOf(right);
}

function holds(left: JinjaValue, operator: ComparisonOperator, right: JinjaValue): boolean {
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(left, operator, right);
  }
}

function conditional(node: Conditional, frame: Frame): JinjaValue {
  if (isTruthy(evaluate(node.condition, frame))) return evaluate(node.then, frame);
  if (node.otherwise !== undefined) return evaluate(node.otherwise, frame);
  return undefinedValue('the inline if-expression evaluated to false and no else section was defined');
}

function item(node: Item, frame: Frame): JinjaValue {
  const object = evaluate(node.object, frame);
  if (node.index.kind !== 'slice') return getItem(object, evaluate(node.index, frame), frame.runtime);
  const part = (expression: Expression | undefined): JinjaValue =>
    expression === undefined ? null : evaluate(expression, frame);
  const { from, to, step } = node.index;
  return getSlice(object, { kind: 'sliceIndex', from: part(from), to: part(to), step: part(step) }, frame.runtime);
}

/** Applies a filter; block filters give their block's text as input. */
export function applyFilter(node: Filter, input: JinjaValue, frame: Frame): JinjaValue {
  const filter = filters.get(node.name);
  if (filter === undefined) {
    throw failure('jinja.unknownFilter', { name: node.name, suggestion: nearestName(node.name, filters.keys()) });
  }
  frame.runtime.work(sizeOf(input));
  return withArguments(node.arguments, frame, input, (value, args, kwargs) =>
    filter(value, { args, kwargs }, { site: siteOf(frame, node), filters, tests }),
  );
}

/** Applies a chain of filters of a block, innermost first. */
export function applyFilterChain(node: Filter, text: string, frame: Frame): JinjaValue {
  const inner = node.input;
  const input = inner?.kind === 'filter' ? applyFilterChain(inner, text, frame) : text;
  return atNode(frame, node, () => applyFilter(node, input, frame));
}

function test(node: Test, frame: Frame): boolean {
  const found = tests.get(node.name);
  if (found === undefined) {
    throw failure('jinja.unknownTest', { name: node.name, suggestion: nearestName(node.name, tests.keys()) });
  }
  const answer = withArguments(node.arguments, frame, evaluate(node.input, frame), (value, args, kwargs) =>
    found(value, { args, kwargs }, { site: siteOf(frame, node), filters, tests }),
  );
  return answer !== node.negated;
}

function withArguments<T>(
  node: Arguments,
  frame: Frame,
  subject: JinjaValue,
  use: (subject: JinjaValue, args: readonly JinjaValue[], kwargs: Kwargs) => T,
): T {
  const args = node.positional.map((argument) => evaluate(argument, frame));
  if (node.spread !== undefined) args.push(...collect(evaluate(node.spread, frame), frame.runtime));
  if (node.keywords.length === 0 && node.keywordSpread === undefined) return use(subject, args, noKwargs);
  const kwargs = new Map(node.keywords.map((keyword) => [keyword.name, evaluate(keyword.value, frame)]));
  if (node.keywordSpread !== undefined) addSpread(kwargs, evaluate(node.keywordSpread, frame));
  return use(subject, args, kwargs);
}

function addSpread(kwargs: Map<string, JinjaValue>, spread: JinjaValue): void {
  if (!isCompound(spread) || spread.kind !== 'dict') throw typeError('argument after ** must be a mapping');
  for (const [key, value] of pairsOf(spread)) {
    if (typeof key !== 'string') throw typeError('keywords must be strings');
    if (kwargs.has(key)) throw argumentError(`got multiple values for keyword argument '${key}'`);
    kwargs.set(key, value);
  }
}
