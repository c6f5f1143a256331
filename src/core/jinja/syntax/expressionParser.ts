import type { BinaryOperator } from '../values/value.ts';
import { parseArguments } from './argumentParser.ts';
import { parseDict, parseItems, parseSubscript } from './displayParser.ts';
import type { ComparisonOperator, Expression, Filter } from './syntaxTree.ts';
import type { Token } from './token.ts';
import type { TokenStream } from './tokenStream.ts';

/*
 * Jinja's own order of binding, loosest first (jinja2/parser.py): inline if, or, and, not, comparison, + -, ~,
 * * / // %, **, sign, then postfix, filters and tests. `**` groups to the left and `-1|abs` filters -1.
 */

export interface TupleOptions {
  /** False where an `if` belongs to the tag: `{% for x in y if z %}`. */
  readonly inlineIf?: boolean;
  /** In parentheses an empty tuple is one. */
  readonly parenthesised?: boolean;
  /** A word that ends the tuple. */
  readonly endWord?: string;
}

/** Reads one expression. */
export function parseExpression(stream: TokenStream, inlineIf = true): Expression {
  return stream.nested(() => (inlineIf ? parseConditional(stream) : parseOr(stream)));
}

/** Reads an expression, or a tuple when a comma follows it. */
export function parseTuple(stream: TokenStream, options: TupleOptions = {}): Expression {
  const { start } = stream.current;
  const items: Expression[] = [];
  let isTuple = false;
  while (!endsTuple(stream, options.endWord)) {
    items.push(parseExpression(stream, options.inlineIf ?? true));
    if (!stream.skip(',')) break;
    isTuple = true;
  }
  const [only] = items;
  if (!isTuple && only !== undefined) return only;
  if (!isTuple && options.parenthesised !== true) stream.unexpected('an expression');
  return { kind: 'tuple', items, start, end: Math.max(start, stream.previousEnd) };
}

function endsTuple(stream: TokenStream, endWord: string | undefined): boolean {
  if (stream.is('variableEnd') || stream.is('blockEnd') || stream.is('operator', ')')) return true;
  return endWord !== undefined && stream.is('name', endWord);
}

function parseConditional(stream: TokenStream): Expression {
  let then = parseOr(stream);
  while (stream.skipName('if')) {
    const condition = parseOr(stream);
    const otherwise = stream.skipName('else') ? stream.nested(() => parseConditional(stream)) : undefined;
    then = { kind: 'conditional', condition, then, otherwise, start: then.start, end: stream.previousEnd };
  }
  return then;
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.skipName('or')) {
    const right = parseAnd(stream);
    left = { kind: 'logic', operator: 'or', left, right, start: left.start, end: right.end };
  }
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.skipName('and')) {
    const right = parseNot(stream);
    left = { kind: 'logic', operator: 'and', left, right, start: left.start, end: right.end };
  }
  return left;
}

function parseNot(stream: TokenStream): Expression {
  const { start } = stream.current;
  if (!stream.skipName('not')) return parseComparison(stream);
  const operand = stream.nested(() => parseNot(stream));
  return { kind: 'unary', operator: 'not', operand, start, end: operand.end };
}

function parseComparison(stream: TokenStream): Expression {
  const first = parseBinary(stream, 0);
  const rest: { operator: ComparisonOperator; operand: Expression }[] = [];
  for (let operator = takeComparison(stream); operator !== undefined; operator = takeComparison(stream)) {
    rest.push({ operator, operand: parseBinary(stream, 0) });
  }
  return rest.length === 0 ? first : { kind: 'comparison', first, rest, start: first.start, end: stream.previousEnd };
}

function takeComparison(stream: TokenStream): ComparisonOperator | undefined {
  for (const operator of ['==', '!=', '<', '<=', '>', '>='] as const) if (stream.skip(operator)) return operator;
  if (stream.skipName('in')) return 'in';
  const following = stream.peek(1);
  if (!stream.is('name', 'not') || following.kind !== 'name' || following.value !== 'in') return undefined;
  stream.next();
  stream.next();
  return 'not in';
}

const binaryLevels: readonly (readonly BinaryOperator[] | '~')[] = [['+', '-'], '~', ['*', '/', '//', '%'], ['**']];

function parseBinary(stream: TokenStream, level: number): Expression {
  const operators = binaryLevels[level];
  if (operators === undefined) return parseUnary(stream, true);
  let left = parseBinary(stream, level + 1);
  if (operators === '~') return parseConcatenation(stream, left, level);
  while (true) {
    const operator = operators.find((one) => stream.skip(one));
    if (operator === undefined) return left;
    const right = parseBinary(stream, level + 1);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }
}

function parseConcatenation(stream: TokenStream, first: Expression, level: number): Expression {
  const parts = [first];
  while (stream.skip('~')) parts.push(parseBinary(stream, level + 1));
  return parts.length === 1 ? first : { kind: 'concatenation', parts, start: first.start, end: stream.previousEnd };
}

function parseUnary(stream: TokenStream, withFilters: boolean): Expression {
  const { start } = stream.current;
  const sign = stream.skip('-') ? '-' : stream.skip('+') ? '+' : undefined;
  let expression: Expression;
  if (sign === undefined) expression = parsePostfix(stream, parsePrimary(stream));
  else {
    const operand = stream.nested(() => parseUnary(stream, false));
    expression = { kind: 'unary', operator: sign, operand, start, end: operand.end };
  }
  return withFilters ? parseFiltersAndTests(stream, expression) : expression;
}

function parsePrimary(stream: TokenStream): Expression {
  const token = stream.current;
  const span = { start: token.start, end: token.end };
  if (token.kind === 'name') {
    stream.next();
    const constant = constants.get(token.value);
    return constant === undefined
      ? { kind: 'name', name: token.value, ...span }
      : { kind: 'literal', value: constant, ...span };
  }
  if (token.kind === 'string') return parseStrings(stream);
  if (token.kind === 'integer' || token.kind === 'float') {
    stream.next();
    return { kind: 'literal', value: numberOf(token), ...span };
  }
  if (stream.skip('(')) {
    const inner = parseTuple(stream, { parenthesised: true });
    stream.expectOperator(')');
    return inner.kind === 'tuple' ? { ...inner, start: token.start, end: stream.previousEnd } : inner;
  }
  if (stream.is('operator', '[')) return parseItems(stream, parseExpression);
  if (stream.is('operator', '{')) return parseDict(stream, parseExpression);
  return stream.unexpected('an expression');
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

function numberOf(token: Token): bigint | number {
  const digits = token.value.replaceAll('_', '');
  return token.kind === 'integer' ? BigInt(digits.replace(/^0+(?=\d)/, '')) : Number(digits);
}

/** Strings that follow one another are one string. */
function parseStrings(stream: TokenStream): Expression {
  const { start } = stream.current;
  let value = '';
  while (stream.is('string')) value += stream.next().value;
  return { kind: 'literal', value, start, end: stream.previousEnd };
}

function parsePostfix(stream: TokenStream, start: Expression): Expression {
  let expression = start;
  while (true) {
    if (stream.is('operator', '.') || stream.is('operator', '[')) {
      expression = parseSubscript(stream, expression, parseExpression);
    } else if (stream.is('operator', '(')) expression = parseCall(stream, expression);
    else return expression;
  }
}

function parseCall(stream: TokenStream, callee: Expression): Expression {
  const args = parseArguments(stream, parseExpression);
  return { kind: 'call', callee, arguments: args, start: callee.start, end: stream.previousEnd };
}

function parseFiltersAndTests(stream: TokenStream, start: Expression): Expression {
  let expression = start;
  while (true) {
    if (stream.skip('|')) expression = parseFilter(stream, expression);
    else if (stream.skipName('is')) expression = parseTest(stream, expression);
    else if (stream.is('operator', '(')) expression = parseCall(stream, expression);
    else return expression;
  }
}

/** Reads a filter's name and arguments; the `|` was taken. */
export function parseFilter(stream: TokenStream, input: Expression | undefined): Filter {
  const { name, nameSpan } = parseDottedName(stream, 'the name of a filter');
  const args = stream.is('operator', '(') ? parseArguments(stream, parseExpression) : noArguments;
  const start = input?.start ?? nameSpan.start;
  return { kind: 'filter', input, name, nameSpan, arguments: args, start, end: stream.previousEnd };
}

/** Reads the filters of a block: `upper | replace('a', 'b')`. */
export function parseFilterChain(stream: TokenStream): Filter {
  let filter = parseFilter(stream, undefined);
  while (stream.skip('|')) filter = parseFilter(stream, filter);
  return filter;
}

const noArguments = { positional: [], keywords: [], spread: undefined, keywordSpread: undefined };

function parseDottedName(
  stream: TokenStream,
  expected: string,
): { readonly name: string; readonly nameSpan: { readonly start: number; readonly end: number } } {
  const token = stream.expectName(expected);
  let name = token.value;
  while (stream.skip('.')) name += `.${stream.expectName(expected).value}`;
  return { name, nameSpan: { start: token.start, end: stream.previousEnd } };
}

function parseTest(stream: TokenStream, input: Expression): Expression {
  const negated = stream.skipName('not');
  const { name, nameSpan } = parseDottedName(stream, 'the name of a test');
  let args: Filter['arguments'] = noArguments;
  if (stream.is('operator', '(')) args = parseArguments(stream, parseExpression);
  else if (startsTestArgument(stream)) {
    if (stream.is('name', 'is')) {
      stream.fail(
        'jinja.invalidSyntax',
        { detail: 'Tests cannot follow one another: join them with "and".' },
        stream.current,
      );
    }
    args = { ...noArguments, positional: [parsePostfix(stream, parsePrimary(stream))] };
  }
  return { kind: 'test', input, name, nameSpan, arguments: args, negated, start: input.start, end: stream.previousEnd };
}

function startsTestArgument(stream: TokenStream): boolean {
  const { kind, value } = stream.current;
  if (kind === 'name') return value !== 'else' && value !== 'or' && value !== 'and';
  return kind === 'string' || kind === 'integer' || kind === 'float' || (kind === 'operator' && '[{'.includes(value));
}
