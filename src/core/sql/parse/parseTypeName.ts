import { between } from '../span.ts';
import type { TypeName } from '../tree.ts';
import { commaList } from './grammar.ts';
import type { TokenCursor } from './tokenCursor.ts';

/** A type as casts name it: `decimal(18, 2)`, `double precision`, `timestamp with time zone`. */
export function parseTypeName(tokens: TokenCursor): TypeName {
  const first = tokens.peek();
  const words = [tokens.expectLabel('a type').name.toLowerCase()];
  if (tokens.acceptWords('precision')) words.push('precision');
  if (words[0] === 'character' && tokens.acceptWords('varying')) words.push('varying');
  const args = tokens.acceptOperator('(') ? parseTypeArguments(tokens) : [];
  if (words[0] === 'timestamp' || words[0] === 'time') {
    if (tokens.acceptWords('with', 'time', 'zone')) words.push('with time zone');
    else if (tokens.acceptWords('without', 'time', 'zone')) words.push('without time zone');
  }
  if (tokens.isOperator('[')) throw tokens.fail('Arrays are not supported by the embedded engine');
  return { name: words.join(' '), args, span: between(first.span, { start: 0, end: tokens.lastEnd }) };
}

function parseTypeArguments(tokens: TokenCursor): readonly number[] {
  const args = commaList(tokens, () => {
    const token = tokens.peek();
    if (token.kind !== 'number') throw tokens.unexpected('a number');
    tokens.next();
    return Number(token.text);
  });
  tokens.expectOperator(')');
  return args;
}
