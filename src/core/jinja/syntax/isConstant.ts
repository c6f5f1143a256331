import { innerExpressions } from './children.ts';
import type { Expression } from './syntaxTree.ts';

/** True when Jinja2 works an expression out while it compiles: no name, attribute or call stands in it. */
export function isConstant(root: Expression): boolean {
  if (root.kind === 'logic') return isConstantLogic(root.operator, root.left, root.right);
  const waiting: Expression[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'name' || next.kind === 'call' || next.kind === 'attribute') return false;
    waiting.push(...innerExpressions(next));
  }
  return true;
}

/** `false and x` is decided by its left side. */
function isConstantLogic(operator: 'and' | 'or', left: Expression, right: Expression): boolean {
  if (!isConstant(left)) return false;
  const isDecided = left.kind === 'literal' && Boolean(left.value) === (operator === 'or');
  return isDecided || isConstant(right);
}
