import type { Arguments, Body, Expression, Parameter, Statement } from './syntaxTree.ts';

/** The expressions that stand directly inside an expression, in the order they are written. */
export function innerExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
    case 'invalid':
      return [];
    case 'list':
    case 'tuple':
      return expression.items;
    case 'dict':
      return expression.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'unary':
      return [expression.operand];
    case 'binary':
    case 'logic':
      return [expression.left, expression.right];
    case 'comparison':
      return [expression.first, ...expression.rest.map((one) => one.operand)];
    case 'concatenation':
      return expression.parts;
    case 'conditional':
      return present(expression.then, expression.condition, expression.otherwise);
    case 'attribute':
      return [expression.object];
    case 'item':
      return [expression.object, expression.index];
    case 'slice':
      return present(expression.from, expression.to, expression.step);
    case 'call':
      return [expression.callee, ...argumentExpressions(expression.arguments)];
    case 'filter':
    case 'test':
      return [...present(expression.input), ...argumentExpressions(expression.arguments)];
  }
}

function argumentExpressions(args: Arguments): readonly Expression[] {
  const keywords = args.keywords.map((one) => one.value);
  return [...args.positional, ...keywords, ...present(args.spread, args.keywordSpread)];
}

const present = (...expressions: readonly (Expression | undefined)[]): Expression[] =>
  expressions.filter((one) => one !== undefined);

const defaults = (parameters: readonly Parameter[]): Expression[] => present(...parameters.map((one) => one.default));

/** What a statement holds: its own expressions, and the bodies inside it. */
export interface StatementParts {
  readonly expressions: readonly Expression[];
  readonly bodies: readonly Body[];
}

/** The expressions and bodies that stand directly in a statement. */
export function statementParts(statement: Statement): StatementParts {
  switch (statement.kind) {
    case 'text':
    case 'break':
    case 'continue':
      return { expressions: [], bodies: [] };
    case 'output':
    case 'do':
      return { expressions: [statement.expression], bodies: [] };
    case 'if':
      return {
        expressions: statement.branches.map((branch) => branch.condition),
        bodies: [...statement.branches.map((branch) => branch.body), statement.otherwise ?? []],
      };
    case 'for':
      return {
        expressions: present(statement.iterable, statement.condition),
        bodies: [statement.body, statement.otherwise ?? []],
      };
    case 'set':
      return { expressions: [statement.value], bodies: [] };
    case 'setBlock':
      return { expressions: present(statement.filter), bodies: [statement.body] };
    case 'with':
      return { expressions: statement.bindings.map((binding) => binding.value), bodies: [statement.body] };
    case 'callBlock':
      return { expressions: [...defaults(statement.parameters), statement.call], bodies: [statement.body] };
    case 'filterBlock':
      return { expressions: [statement.filter], bodies: [statement.body] };
    case 'block':
      return { expressions: [], bodies: [statement.body] };
    case 'definition':
      return {
        expressions: [...defaults(statement.parameters), ...present(statement.supportedLanguages)],
        bodies: [statement.body],
      };
  }
}

/**
 * Every expression of a body, in no promised order. Written without recursion, because a chain of operators may be
 * longer than the stack is deep. `conditional` is true for what may never be evaluated.
 */
export function* everyExpression(
  body: Body,
): Generator<{ readonly expression: Expression; readonly conditional: boolean }, undefined> {
  const bodies: { body: Body; conditional: boolean }[] = [{ body, conditional: false }];
  for (let next = bodies.pop(); next !== undefined; next = bodies.pop()) {
    for (const statement of next.body) {
      const parts = statementParts(statement);
      for (const expression of parts.expressions) yield* withInner(expression, next.conditional);
      const conditional = next.conditional || statement.kind === 'if';
      for (const inner of parts.bodies) bodies.push({ body: inner, conditional });
    }
  }
}

function* withInner(
  root: Expression,
  rootConditional: boolean,
): Generator<{ readonly expression: Expression; readonly conditional: boolean }, undefined> {
  const waiting = [{ expression: root, conditional: rootConditional }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    const conditional = next.conditional || next.expression.kind === 'conditional';
    for (const expression of innerExpressions(next.expression)) waiting.push({ expression, conditional });
  }
}
