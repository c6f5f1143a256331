import type { AnswerValue, StatementAnswer, StatementFault } from '../compile/templateDatabase.ts';
import { embeddedName, embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import { explainSqlError } from '../sql/locateSqlError.ts';
import { SyntaxFault } from '../sql/parse/syntaxFault.ts';
import { readStatements, type Statement } from '../sql/statement.ts';
import type { SqlType } from '../sql/translation.ts';
import { renameRelation, widenColumns } from './changeRelation.ts';
import { dialectOf } from './dialectOf.ts';
import { translateQuery, type PreparedQuery } from './translateQuery.ts';
import { StatementRefused } from './statementRefused.ts';
import { updateSql } from './updateSql.ts';
import { relationKind } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';
import { SqlEngineError, type SqlValue } from './sqlEngine.ts';

export type StatementContext = Pick<RunContext, 'manifest' | 'engine' | 'catalog'> & {
  /**
   * Takes down the temporary tables that are made, by their embedded names: they are tables like all others then, whose
   * columns have types, and are dropped by who gave the set. Without it they are SQLite's own.
   */
  readonly temporaries?: Set<string>;
};

/**
 * Runs SQL that a template or a hook gives, one statement or several, and answers with the last one's result. What
 * means nothing in the embedded database (grants, statistics, schemas, indexes) is left out; what is not known to mean
 * the same there is refused.
 */
export async function runStatement(context: StatementContext, sql: string): Promise<StatementAnswer | StatementFault> {
  try {
    let answer: StatementAnswer = { kind: 'answer', columns: [], rows: [], rowsAffected: 0 };
    const { type } = context.manifest.project.target;
    const dialect = dialectOf(type) ?? 'duckdb';
    for (const statement of readStatements(sql, dialect)) answer = await runOne(context, statement);
    return answer;
  } catch (error) {
    if (error instanceof StatementRefused || error instanceof SyntaxFault) return fault(error.message);
    if (error instanceof SqlEngineError) return fault(explainSqlError(error.message));
    throw error;
  }
}

function fault(message: string): StatementFault {
  return { kind: 'fault', message };
}

async function runOne(context: StatementContext, statement: Statement): Promise<StatementAnswer> {
  const { engine, catalog } = context;
  switch (statement.kind) {
    case 'query': {
      const { sql, columns } = translated(context, statement.sql);
      const found = await engine.query(sql);
      const types = new Map(columns?.map(({ name, type }) => [name, type]));
      const ofRow = (row: readonly SqlValue[]): AnswerValue[] =>
        row.map((value, at) => answerValue(value, types.get(found.columns[at] ?? '')));
      return { kind: 'answer', columns: found.columns, rows: found.rows.map(ofRow), rowsAffected: found.rows.length };
    }
    case 'createAs': {
      const { relation, name, replaces, temporary, ifNotExists, query } = statement;
      const { sql, columns } = translated(context, query);
      const table = tableName(context, name);
      if (replaces) await dropAny(context, table);
      const isOwn = temporary && context.temporaries === undefined;
      const place = isOwn ? `temp.${quoteIdentifier(table)}` : embeddedTable(table);
      const isThere = ifNotExists && catalog.kindOf(table) !== undefined;
      await engine.exec(`create ${relation} ${ifNotExists ? 'if not exists ' : ''}${place} as\n${sql}`);
      if (temporary) context.temporaries?.add(table);
      if (!isOwn && !isThere && columns !== undefined)
        await catalog.put({ relation: table, kind: relation, version: '', rowCount: undefined, columns });
      else await catalog.refresh();
      return changed(0);
    }
    case 'insert': {
      const { sql, columns } = translated(context, statement.query);
      const into = tableName(context, statement.name);
      const list = statement.columns === '' ? '' : ` ${statement.columns}`;
      const count = await engine.exec(`insert into ${embeddedTable(into)}${list} ${sql}`);
      await widenColumns(context, into, statement.columns, columns);
      return changed(count);
    }
    case 'delete': {
      const { name, condition } = statement;
      const where = condition === undefined ? '' : conditionOf(context, name, condition);
      return changed(await engine.exec(`delete from ${embeddedTable(tableName(context, name))}${where}`));
    }
    case 'update':
      return changed(await engine.exec(await updateOf(context, statement)));
    case 'drop':
      await dropAny(context, tableName(context, statement.name));
      return changed(0);
    case 'rename':
      await renameRelation(context, tableName(context, statement.name), tableName(context, statement.to));
      return changed(0);
    case 'plain': {
      const count = await engine.exec(statement.sql);
      await catalog.refresh();
      return changed(count);
    }
    case 'ignored':
      return changed(0);
    case 'unknown':
      throw new StatementRefused(
        `${statement.what.toUpperCase()} is not run by the embedded engine: it is not known to mean there what it means in the warehouse.`,
      );
  }
}

function changed(rowsAffected: number): StatementAnswer {
  return { kind: 'answer', columns: [], rows: [], rowsAffected };
}

function translated(context: StatementContext, code: string): PreparedQuery {
  const { value, diagnostics } = translateQuery(context, { code, locate: (range) => ({ file: '', range }) });
  if (value !== undefined) return value;
  throw new StatementRefused(diagnostics.map((one) => one.message).join(' '));
}

function updateOf(context: StatementContext, statement: Update): Promise<string> {
  const updating = { ...context, translated: (query: string) => translated(context, query).sql };
  return updateSql(updating, { ...statement, table: tableName(context, statement.name) });
}

type Update = Extract<Statement, { kind: 'update' }>;

/** The condition of a DELETE in SQLite's SQL: that of a query whose text is kept but for what must change. */
function conditionOf(context: StatementContext, name: string, condition: string): string {
  const marked = ' where (';
  const { sql } = translated(context, `select 1 from ${name}${marked}${condition})`);
  return sql.slice(sql.indexOf(marked));
}

/** The embedded name of a relation that a statement names in one, two or three parts. */
function tableName({ manifest }: StatementContext, name: string): string {
  const { target } = manifest.project;
  const parts = [...name.matchAll(/"((?:[^"]|"")*)"|`([^`]*)`|[^."`]+/g)].map(
    ([whole, double, back]) => double?.replaceAll('""', '"') ?? back ?? whole.trim(),
  );
  const identifier = parts.at(-1) ?? name;
  const schema = parts.at(-2);
  const isOwn = schema === undefined || schema.toLowerCase() === 'main';
  return embeddedName({ database: '', schema: isOwn ? target.schema : schema, identifier }, target);
}

async function dropAny({ engine, catalog }: StatementContext, table: string): Promise<void> {
  const kind = await relationKind(engine, table);
  if (kind !== undefined) await engine.exec(`drop ${kind} ${embeddedTable(table)}`);
  await catalog.refresh();
}

/** A value of the database as Python would have it. */
function answerValue(value: SqlValue, type: SqlType | undefined): AnswerValue {
  if (value instanceof Uint8Array) return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (typeof value !== 'number') return value;
  if (type?.kind === 'boolean') return value === 1;
  return Number.isInteger(value) && type?.kind !== 'real' && type?.kind !== 'decimal' ? BigInt(value) : value;
}
