import { parseExpression } from './expressionParser.ts';
import type { Expression, Parameter, Target } from './syntaxTree.ts';
import type { TokenStream } from './tokenStream.ts';

export interface TargetOptions {
  /** `set` may assign to `namespace.attribute`. */
  readonly attributes: boolean;
  /** No tuple, because a comma ends the target. */
  readonly single?: boolean;
  readonly endWord?: string;
}

const constants: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None']);

/** Reads what is assigned to: a name, a tuple of names, or a namespace's attribute. */
export function parseTarget(stream: TokenStream, options: TargetOptions): Target {
  const { start } = stream.current;
  const targets: Target[] = [];
  let isTuple = false;
  do {
    const ends = stream.is('operator', ')') || stream.is('operator', '=') || stream.is('blockEnd');
    if (isTuple && (ends || (options.endWord !== undefined && stream.is('name', options.endWord)))) break;
    targets.push(parseSingleTarget(stream, options));
    isTuple ||= options.single !== true && stream.is('operator', ',');
  } while (options.single !== true && stream.skip(','));
  const [only] = targets;
  return !isTuple && only !== undefined ? only : { kind: 'targets', targets, start, end: stream.previousEnd };
}

function parseSingleTarget(stream: TokenStream, options: TargetOptions): Target {
  const token = stream.current;
  if (stream.skip('(')) {
    const inner = stream.nested(() => parseTarget(stream, { attributes: options.attributes }));
    stream.expectOperator(')');
    return inner;
  }
  if (token.kind !== 'name' || constants.has(token.value)) {
    if (token.kind === 'invalid') stream.unexpected('a name');
    stream.fail('jinja.invalidTarget', {}, token);
  }
  stream.next();
  const span = { start: token.start, end: token.end };
  if (!options.attributes || !stream.skip('.')) return { kind: 'name', name: token.value, ...span };
  const attribute = stream.expectName('the name of an attribute');
  return {
    kind: 'namespaceAttribute',
    namespace: token.value,
    name: attribute.value,
    start: token.start,
    end: attribute.end,
  };
}

/** Reads `(a, b=1)`; a parameter may carry a type (`a: string`), as in dbt. */
export function parseParameters(stream: TokenStream): readonly Parameter[] {
  stream.expectOperator('(');
  const parameters: Parameter[] = [];
  while (!stream.is('operator', ')')) {
    if (parameters.length > 0 && !stream.skip(',')) stream.unexpected('"," or ")"');
    if (parameters.length > 0 && stream.is('operator', ')')) stream.unexpected('the name of a parameter');
    const token = stream.expectName('the name of a parameter');
    if (stream.skip(':')) skipType(stream);
    const value = stream.skip('=') ? parseExpression(stream) : undefined;
    if (value === undefined && parameters.at(-1)?.default !== undefined) {
      const detail = `The parameter "${token.value}" needs a default value, because the one before has one.`;
      stream.fail('jinja.invalidSyntax', { detail }, token);
    }
    if (parameters.some((one) => one.name === token.value)) {
      const detail = `The parameter "${token.value}" stands here twice: rename one.`;
      stream.fail('jinja.invalidSyntax', { detail }, token);
    }
    parameters.push({ name: token.value, default: value, start: token.start, end: stream.previousEnd });
  }
  stream.next();
  return parameters;
}

function skipType(stream: TokenStream): void {
  stream.expectName('the name of a type');
  if (!stream.skip('[')) return;
  stream.nested(() => {
    do skipType(stream);
    while (stream.skip(','));
  });
  stream.expectOperator(']');
}

/** Reads `, adapter='x'`, `, default`, `, supported_languages=[…]` after a materialization's name. */
export function parseMaterializationHeader(stream: TokenStream): {
  readonly parameters: readonly Parameter[];
  readonly adapter: string;
  readonly supportedLanguages: Expression | undefined;
} {
  let adapter = 'default';
  let supportedLanguages: Expression | undefined;
  while (stream.skip(',')) {
    const token = stream.expectName('"default", "adapter" or "supported_languages"');
    if (token.value === 'default') continue;
    if (token.value !== 'adapter' && token.value !== 'supported_languages') {
      const detail = `A materialization has no argument "${token.value}": use default, adapter or supported_languages.`;
      stream.fail('jinja.invalidSyntax', { detail }, token);
    }
    stream.expectOperator('=');
    const value = parseExpression(stream);
    if (token.value === 'supported_languages') supportedLanguages = value;
    else if (value.kind === 'literal' && typeof value.value === 'string') adapter = value.value;
    else {
      const detail = 'The adapter must be a string.';
      stream.fail('jinja.invalidSyntax', { detail }, value);
    }
  }
  return { parameters: [], adapter, supportedLanguages };
}
