import { nearestName } from '../../diagnostics/nearestName.ts';
import type { Span } from '../span.ts';
import type { ColumnRef } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { refuse, sourceOf, type Context } from './context.ts';
import { atom, enclosed, quoteName, type Emitted } from './emitted.ts';
import { columnNames, resolveColumn, type Scope } from './scope.ts';

/** Words that SQLite keeps for itself and warehouses allow as names. */
const sqliteKeywords = new Set(
  (
    'add alter autoincrement check collate commit constraint create default deferrable delete drop escape foreign ' +
    'glob index indexed insert isnull nothing notnull primary references returning set table to transaction unique ' +
    'update values'
  ).split(' '),
);

/** Names that SQLite gives every table's hidden row number. */
const rowIds = new Set(['rowid', 'oid', '_rowid_']);

/** A name as SQLite must be given it: quoted when it is a keyword there. */
export function nameText(
  context: Context,
  name: { readonly name: string; readonly quoted: boolean; readonly span: Span },
): string {
  const isKeyword = !name.quoted && sqliteKeywords.has(name.name.toLowerCase());
  return isKeyword ? quoteName(name.name) : sourceOf(context, name.span);
}

/** A column reference, reported when it is certain that there is no such column. */
export function column(context: Context, e: ColumnRef, scope: Scope): Emitted {
  const qualifier = e.qualifier.at(-1);
  if (e.qualifier.length > 2) return refuse(context, e.span, 'A column with three qualifiers', 'use an alias');
  const meant = resolveColumn(scope, qualifier, e.name.name);
  switch (meant.kind) {
    case 'column':
      return atom(columnText(context, e), meant.type);
    case 'alias': {
      const aliased = context.expr(meant.expr, scope.inlinesAliases ? scope : { ...scope, aliases: new Map() });
      return scope.inlinesAliases ? atom(enclosed(aliased), aliased.type) : atom(columnText(context, e), aliased.type);
    }
    case 'uncertain':
      if (rowIds.has(e.name.name.toLowerCase())) return refuse(context, e.span, `The name ${e.name.name}`);
      return atom(uncertainText(context, e), types.unknown);
    case 'ambiguous': {
      const tables = meant.sources.map((one) => one.name);
      context.report('sql.ambiguousColumn', { name: e.name.name, tables }, e.name.span);
      break;
    }
    case 'missing': {
      const suggestion = nearestName(e.name.name, columnNames(scope, qualifier?.name.toLowerCase()));
      context.report('sql.unknownColumn', { name: e.name.name, suggestion }, e.name.span);
      break;
    }
    case 'missingTable': {
      const name = qualifier?.name ?? '';
      const sources = scope.sources.map((one) => one.name);
      const span = qualifier?.span ?? e.span;
      context.report('sql.unknownTable', { name, suggestion: nearestName(name, sources) }, span);
      break;
    }
  }
  return atom('null', types.unknown);
}

function columnText(context: Context, e: ColumnRef): string {
  return [...e.qualifier, e.name].map((part) => nameText(context, part)).join('.');
}

/** SQLite takes a name in double quotes that is no column for a string; in backticks it stays a name. */
function uncertainText(context: Context, e: ColumnRef): string {
  if (!e.name.quoted || e.qualifier.length > 0) return columnText(context, e);
  return `\`${e.name.name.replaceAll('`', '``')}\``;
}
