import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { dialectRules } from './dialectRules.ts';
import { parseStatement, type ParseOutcome } from './parse/parseStatement.ts';
import { rangeOf } from './span.ts';
import type { Context } from './translate/context.ts';
import { expression, looseExpression } from './translate/expressions.ts';
import { orderText, query, windowText } from './translate/query.ts';
import type { TranslateRequest, Translation } from './translation.ts';
import type { Query } from './tree.ts';

/**
 * Translates one query to SQLite. The translation is the given text with the places changed where SQLite would answer
 * otherwise. What is not known to mean the same is refused, so that no answer is silently wrong.
 * SQLite's own dialect is passed through as it is, its columns untold.
 */
export function translate(request: TranslateRequest): Translation {
  const parsed = parseStatement(request.sql, request.dialect);
  if (parsed.kind === 'fault' && !(request.dialect === 'sqlite' && parsed.reason === 'syntax')) {
    return refused([parseDiagnostic(request, parsed)]);
  }
  // Only SQLite itself knows all of its grammar, so what is not read here is left to it.
  if (request.dialect === 'sqlite' || parsed.kind === 'fault') {
    return { sql: request.sql, columns: undefined, diagnostics: [] };
  }
  if (request.dialect === 'clickhouse') {
    const at = { file: request.file, range: rangeOf(request.sql, parsed.query.span) };
    const instead = 'it has zeros where SQLite has NULL; build this project on ClickHouse itself';
    return refused([diagnostic('sql.unsupported', { what: 'The dialect of ClickHouse', instead }, at)]);
  }
  try {
    return translateQuery(request, request.dialect, parsed.query);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused([
      diagnostic('sql.tooDeep', {}, { file: request.file, range: rangeOf(request.sql, parsed.query.span) }),
    ]);
  }
}

function refused(diagnostics: readonly Diagnostic[]): Translation {
  return { sql: undefined, columns: undefined, diagnostics };
}

function parseDiagnostic(request: TranslateRequest, fault: Extract<ParseOutcome, { kind: 'fault' }>): Diagnostic {
  const at = { file: request.file, range: rangeOf(request.sql, fault.span) };
  switch (fault.reason) {
    case 'syntax':
      return diagnostic('sql.syntax', { detail: fault.message }, at);
    case 'empty':
      return diagnostic('sql.empty', {}, at);
    case 'notAQuery':
      return diagnostic('sql.notAQuery', { found: fault.message }, at);
    case 'manyStatements':
      return diagnostic('sql.manyStatements', {}, at);
    case 'tooDeep':
      return diagnostic('sql.tooDeep', {}, at);
  }
}

function translateQuery(request: TranslateRequest, dialect: keyof typeof dialectRules, tree: Query): Translation {
  const diagnostics = new Map<string, Diagnostic>();
  const context: Context = {
    sql: request.sql,
    dialect: request.dialect,
    rules: dialectRules[dialect],
    // An expression may be looked at more than once; a fault in it is one fault.
    report: (code, params, span) => {
      const at = { file: request.file, range: rangeOf(request.sql, span) };
      diagnostics.set(`${code} ${String(span.start)} ${String(span.end)}`, diagnostic(code, params, at));
    },
    expr: (e, scope) => expression(context, e, scope),
    loose: (e, scope) => looseExpression(context, e, scope),
    query: (node, tables, outer) => query(context, node, tables, outer),
    window: (spec, scope) => windowText(context, spec, scope),
    orderItem: (item, scope) => orderText(context, item, scope),
  };
  const made = query(context, tree, { relations: request.relations, common: new Map() }, undefined);
  if (diagnostics.size > 0) return refused([...diagnostics.values()]);
  return { sql: made.sql, columns: made.columns, diagnostics: [] };
}
