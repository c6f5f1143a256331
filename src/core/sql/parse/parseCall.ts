import { between } from '../span.ts';
import type { Call, Expr, Identifier, OrderItem, WindowFrame, WindowSpec } from '../tree.ts';
import { commaList, type Grammar } from './grammar.ts';

/** A call, its name already read: arguments, DISTINCT, ORDER BY, FILTER, WITHIN GROUP and OVER. */
export function parseCall(g: Grammar, name: Identifier): Call {
  const { tokens } = g;
  const start = name.span.start;
  const head = tokens.isOperator('(') ? parseArguments(g, name.name.toLowerCase()) : noArguments;
  const withinGroup = tokens.acceptWords('within', 'group') ? parseParenthesisedOrder(g) : undefined;
  const filter = tokens.isWord('filter') && tokens.isOperator('(', 1) ? parseFilter(g) : undefined;
  const outerTreatment = parseNullTreatment(g);
  const over = tokens.acceptWords('over') ? parseOver(g) : undefined;
  return {
    kind: 'call',
    name: name.name.toLowerCase(),
    nameSpan: name.span,
    ...head,
    nullTreatment: head.nullTreatment ?? outerTreatment,
    withinGroup,
    filter,
    over,
    span: tokens.spanFrom(start),
  };
}

type CallHead = Pick<Call, 'args' | 'star' | 'distinct' | 'orderBy' | 'parens' | 'nullTreatment'>;

const noArguments: CallHead = {
  args: [],
  star: false,
  distinct: false,
  orderBy: [],
  parens: false,
  nullTreatment: undefined,
};

function parseArguments(g: Grammar, name: string): CallHead {
  const { tokens } = g;
  tokens.expectOperator('(');
  const empty: CallHead = { ...noArguments, parens: true };
  if (tokens.acceptOperator(')')) return empty;
  if (tokens.isOperator('*') && tokens.isOperator(')', 1)) {
    tokens.next();
    tokens.next();
    return { ...empty, star: true };
  }
  if (name === 'trim' && ['both', 'leading', 'trailing', 'from'].some((word) => tokens.isWord(word))) {
    throw tokens.fail('TRIM with FROM is not supported by the embedded engine: write trim(x, characters)');
  }
  if (name === 'position') return { ...empty, args: parsePosition(g) };
  const distinct = tokens.acceptWords('distinct');
  if (!distinct) tokens.acceptWords('all');
  const args = commaList(tokens, () => g.expression());
  const nullTreatment = parseNullTreatment(g);
  const orderBy = tokens.acceptWords('order', 'by') ? commaList(tokens, () => parseOrderItem(g)) : [];
  tokens.expectOperator(')');
  return { ...empty, args, distinct, orderBy, nullTreatment };
}

/** `part in whole`, which reads like a condition. */
function parsePosition(g: Grammar): readonly Expr[] {
  const { tokens } = g;
  const part = g.operand();
  tokens.expectWord('in');
  const whole = g.operand();
  tokens.expectOperator(')');
  return [part, whole];
}

function parseNullTreatment(g: Grammar): Call['nullTreatment'] {
  if (g.tokens.acceptWords('ignore', 'nulls')) return 'ignore';
  if (g.tokens.acceptWords('respect', 'nulls')) return 'respect';
  return undefined;
}

function parseFilter(g: Grammar): Expr {
  const { tokens } = g;
  tokens.expectWord('filter');
  tokens.expectOperator('(');
  tokens.acceptWords('where');
  const condition = g.expression();
  tokens.expectOperator(')');
  return condition;
}

function parseParenthesisedOrder(g: Grammar): readonly OrderItem[] {
  const { tokens } = g;
  tokens.expectOperator('(');
  tokens.expectWord('order');
  tokens.expectWord('by');
  const items = commaList(tokens, () => parseOrderItem(g));
  tokens.expectOperator(')');
  return items;
}

/** One item of an ORDER BY. */
export function parseOrderItem(g: Grammar): OrderItem {
  const { tokens } = g;
  const expr = g.expression();
  const descending = tokens.acceptWords('desc');
  if (!descending) tokens.acceptWords('asc');
  const nulls = tokens.acceptWords('nulls', 'first')
    ? 'first'
    : tokens.acceptWords('nulls', 'last')
      ? 'last'
      : undefined;
  return { expr, descending, nulls, span: tokens.spanFrom(expr.span.start) };
}

function parseOver(g: Grammar): WindowSpec {
  const { tokens } = g;
  if (!tokens.isOperator('(')) {
    const base = tokens.expectName('a window');
    return { base, partitionBy: [], orderBy: [], frame: undefined, span: base.span };
  }
  return parseWindowSpec(g);
}

/** A window in parentheses, of OVER or of the WINDOW clause. */
export function parseWindowSpec(g: Grammar): WindowSpec {
  const { tokens } = g;
  const { start } = tokens.expectOperator('(').span;
  const startsClause = ['partition', 'order', 'rows', 'range', 'groups'].some((word) => tokens.isWord(word));
  const base = !startsClause && tokens.isName() ? tokens.identifier() : undefined;
  const partitionBy = tokens.acceptWords('partition', 'by') ? commaList(tokens, () => g.expression()) : [];
  const orderBy = tokens.acceptWords('order', 'by') ? commaList(tokens, () => parseOrderItem(g)) : [];
  const frame = parseFrame(g);
  tokens.expectOperator(')');
  return { base, partitionBy, orderBy, frame, span: tokens.spanFrom(start) };
}

function parseFrame(g: Grammar): WindowFrame | undefined {
  const { tokens } = g;
  const unit = (['rows', 'range', 'groups'] as const).find((word) => tokens.isWord(word));
  if (unit === undefined) return undefined;
  const { span } = tokens.next();
  const offsets: Expr[] = [];
  const bound = (): void => {
    if (tokens.acceptWords('unbounded', 'preceding') || tokens.acceptWords('unbounded', 'following')) return;
    if (tokens.acceptWords('current', 'row')) return;
    offsets.push(g.expression());
    if (!tokens.acceptWords('preceding') && !tokens.acceptWords('following')) throw tokens.unexpected('PRECEDING');
  };
  if (tokens.acceptWords('between')) {
    bound();
    tokens.expectWord('and');
    bound();
  } else bound();
  if (tokens.isWord('exclude')) throw tokens.fail('EXCLUDE in a window is not supported by the embedded engine');
  return { unit, offsets, span: between(span, { start: 0, end: tokens.lastEnd }) };
}
