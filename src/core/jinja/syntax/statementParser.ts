import { parseExpression, parseFilterChain, parseTuple } from './expressionParser.ts';
import { nearestName } from '../../diagnostics/nearestName.ts';
import { parseMaterializationHeader, parseParameters, parseTarget } from './headerParser.ts';
import type { Body, DefinitionKind, Expression, Filter, Invalid, Parameter, Statement, Target } from './syntaxTree.ts';
import type { Span, Token } from './token.ts';
import type { TokenStream } from './tokenStream.ts';

const endTags: Readonly<Record<string, string>> = {
  if: 'endif',
  for: 'endfor',
  set: 'endset',
  with: 'endwith',
  call: 'endcall',
  filter: 'endfilter',
  block: 'endblock',
  macro: 'endmacro',
  test: 'endtest',
  data_test: 'enddata_test',
  snapshot: 'endsnapshot',
  materialization: 'endmaterialization',
  docs: 'enddocs',
};
const middleTags: ReadonlySet<string> = new Set(['elif', 'else']);
const closingTags: ReadonlySet<string> = new Set([...Object.values(endTags), 'endraw']);
const otherTags = ['do', 'print', 'break', 'continue', 'raw', 'elif', 'else'];
const loaderTags: ReadonlySet<string> = new Set(['import', 'from', 'include', 'extends']);

/** Every word that can begin a tag. */
export const tagNames: readonly string[] = [...Object.keys(endTags), ...closingTags, ...otherTags];

/** The block that the statements being read belong to. */
interface OpenBlock {
  readonly tag: string;
  readonly ends: readonly string[];
  readonly span: Span;
}

/** Parses a template's statements. Faults are recorded in the stream; what could be read is returned. */
export function parseStatements(stream: TokenStream): Body {
  return new StatementParser(stream).body();
}

class StatementParser {
  readonly #stream: TokenStream;
  readonly #open: OpenBlock[] = [];
  #loops = 0;
  /** The block just read has no closing tag of its own, so that no tag's end follows either. */
  #endIsMissing = false;

  constructor(stream: TokenStream) {
    this.#stream = stream;
  }

  /** Statements up to the end of the innermost open block; its closing tag's name is the current token then. */
  body(): Body {
    const stream = this.#stream;
    const statements: Statement[] = [];
    while (!stream.is('end')) {
      const token = stream.current;
      if (token.kind === 'text') {
        stream.next();
        statements.push({ kind: 'text', text: token.value, start: token.start, end: token.end });
      } else if (token.kind === 'variableBegin') statements.push(this.#output(token));
      else if (token.kind === 'blockBegin') {
        if (this.#atClosing()) return statements;
        const statement = this.#tag(token);
        if (statement !== undefined) statements.push(statement);
      } else stream.skipInvalid();
    }
    return statements;
  }

  #output(open: Token): Statement {
    const stream = this.#stream;
    stream.next();
    const expression = this.#expression(() => parseTuple(stream));
    stream.expectTagEnd('variableEnd');
    return { kind: 'output', expression, start: open.start, end: stream.previousEnd };
  }

  #expression(parse: () => Expression): Expression {
    const { start } = this.#stream.current;
    return this.#stream.recover(parse, () => this.#invalid(start));
  }

  #invalid(start: number): Invalid {
    return { kind: 'invalid', start, end: Math.max(start, this.#stream.previousEnd) };
  }

  /** True when the tag at hand ends the innermost block, or must be taken for its end. */
  #atClosing(): boolean {
    const word = this.#stream.peek(1);
    const open = this.#open.at(-1);
    if (word.kind !== 'name' || open === undefined) return false;
    if (open.ends.includes(word.value)) return true;
    if (!closingTags.has(word.value) && !middleTags.has(word.value)) return false;
    return this.#open.some((outer) => outer.ends.includes(word.value));
  }

  #tag(open: Token): Statement | undefined {
    const stream = this.#stream;
    stream.next();
    const statement = stream.recover(
      () => this.#statement(open, stream.expectName('the name of a tag')),
      () => undefined,
    );
    if (this.#endIsMissing) this.#endIsMissing = false;
    else stream.expectTagEnd('blockEnd');
    return statement === undefined ? undefined : { ...statement, end: stream.previousEnd };
  }

  #statement(open: Token, word: Token): Statement {
    const stream = this.#stream;
    const span = { start: open.start, end: word.end };
    switch (word.value) {
      case 'if':
        return this.#if(span);
      case 'for':
        return this.#for(span);
      case 'set':
        return this.#set(span);
      case 'with':
        return this.#with(span);
      case 'do':
        return { kind: 'do', expression: parseTuple(stream), ...span };
      case 'print':
        return { kind: 'output', expression: parseTuple(stream), ...span };
      case 'call':
        return this.#call(span);
      case 'filter':
        return this.#filter(span);
      case 'block':
        return this.#block(span);
      case 'break':
      case 'continue':
        if (this.#loops === 0) stream.report('jinja.outsideLoop', { tag: word.value }, word);
        return { kind: word.value, ...span };
      case 'macro':
      case 'snapshot':
      case 'materialization':
      case 'docs':
      case 'test':
        return this.#definition(span, word.value, word.value);
      case 'data_test':
        return this.#definition(span, 'test', word.value);
      default:
        return unknownTag(this.#stream, word);
    }
  }

  /** Reads a block's content after its opening tag, and stops behind the name of the tag that ends it. */
  #content(
    tag: string,
    span: Span,
    ends: readonly string[],
  ): { readonly body: Body; readonly end: string; readonly span: Span } {
    const stream = this.#stream;
    // Jinja2 allows Python's colon: {% if x: %}.
    stream.skip(':');
    stream.expectTagEnd('blockEnd');
    const start = stream.previousEnd;
    this.#open.push({ tag, ends, span });
    const body = this.#nestedBody();
    this.#open.pop();
    const bodySpan = { start, end: stream.current.start };
    const endTag = endTags[tag] ?? '';
    const word = stream.peek(1);
    if (stream.is('end') || !ends.includes(word.value)) {
      this.#reportMissingEnd(tag, endTag, span);
      this.#endIsMissing = true;
      return { body, end: endTag, span: bodySpan };
    }
    stream.next();
    stream.next();
    return { body, end: word.value, span: bodySpan };
  }

  #nestedBody(): Body {
    return this.#stream.recover(
      () => this.#stream.nested(() => this.body()),
      () => [],
    );
  }

  #reportMissingEnd(tag: string, endTag: string, span: Span): void {
    const stream = this.#stream;
    if (stream.is('end')) {
      if (!stream.gaveUp) stream.report('jinja.unclosedBlock', { tag, endTag }, span);
      return;
    }
    const found = stream.peek(1);
    const line = stream.source.position(span.start).line + 1;
    const { file } = stream.source;
    const range = stream.source.range(span.start, span.end);
    stream.report('jinja.mismatchedEndTag', { found: found.value, expected: endTag, line }, found, {
      related: [{ file, range, message: `"${tag}" was opened here` }],
    });
  }

  #if(span: Span): Statement {
    const stream = this.#stream;
    const branches: { condition: Expression; body: Body }[] = [];
    const condition = (): Expression => this.#expression(() => parseTuple(stream, { inlineIf: false }));
    let test = condition();
    while (true) {
      const content = this.#content('if', span, ['elif', 'else', 'endif']);
      branches.push({ condition: test, body: content.body });
      if (content.end === 'endif') return { kind: 'if', branches, otherwise: undefined, ...span };
      if (content.end === 'else') break;
      test = condition();
    }
    const otherwise = this.#content('if', span, ['endif']).body;
    return { kind: 'if', branches, otherwise, ...span };
  }

  #for(span: Span): Statement {
    const stream = this.#stream;
    const header = stream.recover(
      () => {
        const target = parseTarget(stream, { attributes: false, endWord: 'in' });
        if (!stream.skipName('in')) stream.unexpected('"in"');
        const iterable = parseTuple(stream, { inlineIf: false, endWord: 'recursive' });
        const condition = stream.skipName('if') ? parseExpression(stream) : undefined;
        return { target, iterable, condition, recursive: stream.skipName('recursive') };
      },
      () => ({
        target: invalidTarget(span),
        iterable: this.#invalid(span.start),
        condition: undefined,
        recursive: false,
      }),
    );
    this.#loops += 1;
    const content = this.#content('for', span, ['else', 'endfor']);
    this.#loops -= 1;
    const otherwise = content.end === 'else' ? this.#content('for', span, ['endfor']).body : undefined;
    return { kind: 'for', ...header, body: content.body, otherwise, ...span };
  }

  #set(span: Span): Statement {
    const stream = this.#stream;
    const target = parseTarget(stream, { attributes: true });
    if (stream.skip('=')) return { kind: 'set', target, value: parseTuple(stream), ...span };
    const filter = this.#recoverFilter(stream.skip('|'));
    const { body } = this.#content('set', span, ['endset']);
    return { kind: 'setBlock', target, filter, body, ...span };
  }

  #recoverFilter(isThere: boolean): Filter | undefined {
    return isThere ? parseFilterChain(this.#stream) : undefined;
  }

  #with(span: Span): Statement {
    const stream = this.#stream;
    const bindings: { target: Target; value: Expression }[] = [];
    while (!stream.is('blockEnd')) {
      if (bindings.length > 0 && !stream.skip(',')) stream.unexpected('"," or "%}"');
      const target = parseTarget(stream, { attributes: false, single: true });
      stream.expectOperator('=');
      bindings.push({ target, value: parseExpression(stream) });
    }
    return { kind: 'with', bindings, body: this.#content('with', span, ['endwith']).body, ...span };
  }

  #call(span: Span): Statement {
    const stream = this.#stream;
    const header = stream.recover(
      () => {
        const parameters = stream.is('operator', '(') ? parseParameters(stream) : [];
        const call = parseExpression(stream);
        if (call.kind !== 'call') {
          const detail = 'A call block calls a macro: write {% call name(…) %}.';
          stream.fail('jinja.invalidSyntax', { detail }, call);
        }
        return { parameters, call };
      },
      (): { readonly parameters: readonly Parameter[]; readonly call: Expression } => ({
        parameters: [],
        call: this.#invalid(span.start),
      }),
    );
    return { kind: 'callBlock', ...header, body: this.#content('call', span, ['endcall']).body, ...span };
  }

  #filter(span: Span): Statement {
    const filter = parseFilterChain(this.#stream);
    return { kind: 'filterBlock', filter, body: this.#content('filter', span, ['endfilter']).body, ...span };
  }

  #block(span: Span): Statement {
    const stream = this.#stream;
    const name = stream.expectName('the name of the block').value;
    stream.skipName('scoped');
    stream.skipName('required');
    const { body } = this.#content('block', span, ['endblock']);
    stream.skipName(name);
    return { kind: 'block', name, body, ...span };
  }

  #definition(span: Span, definition: DefinitionKind, tag: string): Statement {
    const stream = this.#stream;
    const word = stream.recover(
      () => stream.expectName(`the name of the ${definition}`),
      () => stream.current,
    );
    const header = stream.recover(
      () => {
        if (definition === 'macro' || definition === 'test')
          return { ...noHeader, parameters: parseParameters(stream) };
        return definition === 'materialization' ? parseMaterializationHeader(stream) : noHeader;
      },
      () => noHeader,
    );
    const loops = this.#loops;
    this.#loops = 0;
    const { body, span: bodySpan } = this.#content(tag, span, [endTags[tag] ?? '']);
    this.#loops = loops;
    const nameSpan = { start: word.start, end: word.end };
    return { kind: 'definition', definition, name: word.value, nameSpan, ...header, bodySpan, body, ...span };
  }
}

const noHeader = {
  parameters: [] as readonly Parameter[],
  adapter: undefined as string | undefined,
  supportedLanguages: undefined as Expression | undefined,
};

const invalidTarget = (span: Span): Target => ({ kind: 'name', name: '_', ...span });

function unknownTag(stream: TokenStream, word: Token): never {
  const tag = word.value;
  if (loaderTags.has(tag)) stream.fail('jinja.unsupportedTag', { tag }, word);
  if (closingTags.has(tag) || middleTags.has(tag)) stream.fail('jinja.strayEndTag', { found: tag }, word);
  stream.fail('jinja.unknownTag', { tag, suggestion: nearestName(tag, tagNames) }, word);
}
