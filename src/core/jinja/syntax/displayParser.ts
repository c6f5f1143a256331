import type { ParseExpression } from './argumentParser.ts';
import type { DictDisplay, Expression, Items, Slice } from './syntaxTree.ts';
import type { TokenStream } from './tokenStream.ts';

/** Reads `[a, b]`; a comma may stand at the end. */
export function parseItems(stream: TokenStream, parse: ParseExpression): Items {
  const { start } = stream.expectOperator('[');
  const items: Expression[] = [];
  while (!stream.is('operator', ']')) {
    items.push(parse(stream));
    if (!stream.is('operator', ']') && !stream.skip(',')) stream.unexpected('"," or "]"');
  }
  const { end } = stream.next();
  return { kind: 'list', items, start, end };
}

/** Reads `{key: value}`; a comma may stand at the end. */
export function parseDict(stream: TokenStream, parse: ParseExpression): DictDisplay {
  const { start } = stream.expectOperator('{');
  const entries: { key: Expression; value: Expression }[] = [];
  while (!stream.is('operator', '}')) {
    const key = parse(stream);
    stream.expectOperator(':');
    entries.push({ key, value: parse(stream) });
    if (!stream.is('operator', '}') && !stream.skip(',')) stream.unexpected('"," or "}"');
  }
  const { end } = stream.next();
  return { kind: 'dict', entries, start, end };
}

/** Reads `.name`, `.0` or `[index]` after an expression. */
export function parseSubscript(stream: TokenStream, object: Expression, parse: ParseExpression): Expression {
  const { start } = object;
  if (stream.skip('.')) {
    const token = stream.current;
    if (token.kind === 'name') {
      stream.next();
      return { kind: 'attribute', object, name: token.value, start, end: token.end };
    }
    if (token.kind !== 'integer') stream.unexpected('the name of an attribute');
    stream.next();
    const index: Expression = {
      kind: 'literal',
      value: BigInt(token.value.replaceAll('_', '').replace(/^0+(?=\d)/, '')),
      start: token.start,
      end: token.end,
    };
    return { kind: 'item', object, index, start, end: token.end };
  }
  stream.expectOperator('[');
  const indexStart = stream.current.start;
  const parts: Expression[] = [];
  do parts.push(parseSubscribed(stream, parse));
  while (stream.skip(','));
  const [only] = parts;
  const index: Expression =
    parts.length === 1 && only !== undefined
      ? only
      : { kind: 'tuple', items: parts, start: indexStart, end: stream.previousEnd };
  const { end } = stream.expectOperator(']');
  return { kind: 'item', object, index, start, end };
}

function parseSubscribed(stream: TokenStream, parse: ParseExpression): Expression | Slice {
  const { start } = stream.current;
  const from = stream.is('operator', ':') ? undefined : parse(stream);
  if (!stream.skip(':')) return from ?? stream.unexpected('an expression');
  const endsHere = (): boolean => stream.is('operator', ']') || stream.is('operator', ',');
  const to = endsHere() || stream.is('operator', ':') ? undefined : parse(stream);
  const step = stream.skip(':') && !endsHere() ? parse(stream) : undefined;
  return { kind: 'slice', from, to, step, start, end: stream.previousEnd };
}
