import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';
import { filterNames } from './library/filters.ts';
import { testNames } from './library/tests.ts';
import { everyExpression } from './syntax/children.ts';
import { tokenize } from './syntax/lexer.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { SourceText } from './syntax/sourceText.ts';
import { parseStatements } from './syntax/statementParser.ts';
import type { Body, Definition, DefinitionKind } from './syntax/syntaxTree.ts';
import { TokenStream } from './syntax/tokenStream.ts';

/** A parsed template. One with faults renders nothing. */
export interface Template {
  readonly source: SourceText;
  readonly body: Body;
  /** Macros, tests, snapshots, materializations and docs at the top level, as dbt collects them. */
  readonly definitions: readonly TemplateDefinition[];
  /** The faults found by parsing; rendering gives them again. */
  readonly faults: readonly Diagnostic[];
}

/** A block that defines something, with its text and where it stands. */
export interface TemplateDefinition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** Names of the parameters; empty for kinds that have none. */
  readonly parameters: readonly string[];
  /** A materialization's adapter; `default` when it names none; undefined for other kinds. */
  readonly adapter: string | undefined;
  /** From `{%` of the opening tag to `%}` of the closing one. */
  readonly range: Range;
  readonly nameRange: Range;
  /** The block with its tags, and its content alone. */
  readonly text: string;
  readonly bodyText: string;
  /** Line and column of `bodyText`. */
  readonly bodyRange: Range;
  readonly source: SourceText;
  readonly node: Definition;
}

/**
 * Parses a template as dbt sets Jinja2 up (dbt_common/clients/jinja.py). Never throws: faults are diagnostics, and the
 * value holds what could be read. `file` is what diagnostics name.
 */
export function parseTemplate(text: string, file: string): Outcome<Template> {
  const source = new SourceText(file, text);
  const stream = new TokenStream(source, tokenize(source));
  const body = parseStatements(stream);
  const faults = [...stream.diagnostics, ...unknownNames(source, body)];
  const definitions = body.filter((one) => one.kind === 'definition').map((node) => definitionOf(source, node));
  return { value: { source, body, definitions, faults }, diagnostics: faults };
}

/** True when the template has faults that keep it from being rendered. */
export const isBroken = (template: Template): boolean => hasErrors(template.faults);

function definitionOf(source: SourceText, node: Definition): TemplateDefinition {
  return {
    kind: node.definition,
    name: node.name,
    parameters: node.parameters.map((one) => one.name),
    adapter: node.adapter,
    range: source.range(node.start, node.end),
    nameRange: source.range(node.nameSpan.start, node.nameSpan.end),
    text: source.text.slice(node.start, node.end),
    bodyText: source.text.slice(node.bodySpan.start, node.bodySpan.end),
    bodyRange: source.range(node.bodySpan.start, node.bodySpan.end),
    source,
    node,
  };
}

/**
 * A definition's content as a template of its own, for blocks that dbt renders rather than calls (snapshots, docs).
 * Positions stay those of the file. `template` is the one that the definition stands in.
 */
export function definitionTemplate(template: Template, definition: TemplateDefinition): Template {
  return {
    source: template.source,
    body: withoutLastBreak(definition.node.body),
    definitions: [],
    faults: template.faults,
  };
}

/** Jinja2 drops the last line break of a template (keep_trailing_newline is off). */
function withoutLastBreak(body: Body): Body {
  const last = body.at(-1);
  if (last?.kind !== 'text' || !last.text.endsWith('\n')) return body;
  return [...body.slice(0, -1), { ...last, text: last.text.slice(0, -1), end: last.end - 1 }];
}

/** As Jinja2 does, filters and tests that may never run (inside an `if`) are only looked for when they run. */
function unknownNames(source: SourceText, body: Body): Diagnostic[] {
  const faults: Diagnostic[] = [];
  for (const { expression, conditional } of everyExpression(body)) {
    if (conditional || (expression.kind !== 'filter' && expression.kind !== 'test')) continue;
    const known = expression.kind === 'filter' ? filterNames : testNames;
    const { name, nameSpan } = expression;
    if (known.has(name)) continue;
    const code = expression.kind === 'filter' ? 'jinja.unknownFilter' : 'jinja.unknownTest';
    const location = { file: source.file, range: source.range(nameSpan.start, nameSpan.end) };
    faults.push(diagnostic(code, { name, suggestion: nearestName(name, known) }, location));
  }
  return faults;
}
