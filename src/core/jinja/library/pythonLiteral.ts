import { tokenize } from '../syntax/lexer.ts';
import { parseStatements } from '../syntax/statementParser.ts';
import { SourceText } from '../syntax/sourceText.ts';
import type { Expression } from '../syntax/syntaxTree.ts';
import { TokenStream } from '../syntax/tokenStream.ts';
import { JinjaDict } from '../values/dict.ts';
import { list, tuple, type JinjaValue } from '../values/value.ts';

/** Reads a Python literal as `ast.literal_eval` does; undefined when the text is none. */
export function readPythonLiteral(text: string): JinjaValue | undefined {
  // Jinja's literals are Python's, apart from the words `true`, `false` and `none`.
  const source = new SourceText('literal', `{{ ${text.replace(/^[ \t]+/, '')} }}`);
  const stream = new TokenStream(source, tokenize(source));
  const [only, ...more] = parseStatements(stream);
  if (stream.diagnostics.length > 0 || more.length > 0 || only?.kind !== 'output') return undefined;
  return literalValue(only.expression, source.text);
}

function literalValue(node: Expression, text: string): JinjaValue | undefined {
  switch (node.kind) {
    case 'literal':
      return /^(?:true|false|none)$/.test(text.slice(node.start, node.end)) ? undefined : node.value;
    case 'unary': {
      const operand = literalValue(node.operand, text);
      if (typeof operand !== 'bigint' && typeof operand !== 'number') return undefined;
      return node.operator === '-' ? -operand : node.operator === '+' ? operand : undefined;
    }
    case 'list':
    case 'tuple': {
      const items = node.items.map((item) => literalValue(item, text));
      if (!items.every((item) => item !== undefined)) return undefined;
      return node.kind === 'list' ? list(items) : tuple(items);
    }
    case 'dict': {
      const dict = new JinjaDict();
      for (const entry of node.entries) {
        const key = literalValue(entry.key, text);
        const value = literalValue(entry.value, text);
        if (key === undefined || value === undefined) return undefined;
        dict.set(key, value);
      }
      return dict;
    }
    default:
      return undefined;
  }
}
