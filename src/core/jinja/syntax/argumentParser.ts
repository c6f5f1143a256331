import type { Arguments, Expression, KeywordArgument } from './syntaxTree.ts';
import type { TokenStream } from './tokenStream.ts';

/** Reads one expression; handed in because arguments hold expressions and expressions hold calls. */
export type ParseExpression = (stream: TokenStream) => Expression;

/** Reads `(a, *b, c=d, **e)`; a comma may stand at the end. */
export function parseArguments(stream: TokenStream, parse: ParseExpression): Arguments {
  stream.expectOperator('(');
  const positional: Expression[] = [];
  const keywords: KeywordArgument[] = [];
  let spread: Expression | undefined;
  let keywordSpread: Expression | undefined;
  while (!stream.is('operator', ')')) {
    const { start, kind, value } = stream.current;
    const following = stream.peek(1);
    if (stream.is('operator', '*')) {
      if (spread !== undefined || keywordSpread !== undefined) failOrder(stream);
      stream.next();
      spread = parse(stream);
    } else if (stream.is('operator', '**')) {
      if (keywordSpread !== undefined) failOrder(stream);
      stream.next();
      keywordSpread = parse(stream);
    } else if (kind === 'name' && following.kind === 'operator' && following.value === '=') {
      if (keywordSpread !== undefined) failOrder(stream);
      if (keywords.some((one) => one.name === value)) failRepeated(stream, value);
      stream.next();
      stream.next();
      const argument = parse(stream);
      keywords.push({ name: value, value: argument, start, end: argument.end });
    } else {
      if (spread !== undefined || keywordSpread !== undefined || keywords.length > 0) failOrder(stream);
      positional.push(parse(stream));
    }
    if (!stream.is('operator', ')') && !stream.skip(',')) stream.unexpected('"," or ")"');
  }
  stream.next();
  return { positional, keywords, spread, keywordSpread };
}

function failOrder(stream: TokenStream): never {
  const detail = 'Arguments stand in this order: values, name=value, *list, **dict. Move this one.';
  stream.fail('jinja.invalidSyntax', { detail }, stream.current);
}

function failRepeated(stream: TokenStream, name: string): never {
  const detail = `The argument "${name}" is given twice: remove one.`;
  stream.fail('jinja.invalidSyntax', { detail }, stream.current);
}
