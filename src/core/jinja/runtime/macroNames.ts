import { everyExpression } from '../syntax/children.ts';
import type { Body, Parameter } from '../syntax/syntaxTree.ts';

/** Which of a macro's special names its body uses. */
export interface MacroNames {
  readonly varargs: boolean;
  readonly kwargs: boolean;
  readonly caller: boolean;
}

/** Looks for `varargs`, `kwargs` and `caller` in a macro's body and defaults. */
export function macroNames(body: Body, parameters: readonly Parameter[]): MacroNames {
  const used = new Set<string>();
  for (const { expression } of everyExpression(body)) if (expression.kind === 'name') used.add(expression.name);
  for (const { default: value } of parameters) {
    if (value === undefined) continue;
    const inDefault = everyExpression([{ kind: 'do', expression: value, start: value.start, end: value.end }]);
    for (const { expression } of inDefault) if (expression.kind === 'name') used.add(expression.name);
  }
  return { varargs: used.has('varargs'), kwargs: used.has('kwargs'), caller: used.has('caller') };
}
