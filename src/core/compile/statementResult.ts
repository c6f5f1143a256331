import { failure } from '../jinja/values/jinjaFailure.ts';
import type { JinjaObject } from '../jinja/values/value.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { attributesObject } from './relationObject.ts';
import { tableObject } from './tableObject.ts';

/** What a statement gave, as templates see it. */
export interface StatementResult {
  /** dbt's AdapterResponse. */
  readonly response: JinjaObject;
  readonly table: JinjaObject;
}

/** Runs a statement for a template, or throws `AnswerNeeded`. A fault of the database is one of the template at its call. */
export function statementResult({ database }: CompileEnvironment, sql: string, fetch: boolean): StatementResult {
  if (database === undefined) throw failure('compile.needsDatabase', {});
  const answer = database.execute(sql);
  if (answer.kind === 'fault') throw failure('compile.statementFailed', { detail: answer.message });
  const { columns, rows, rowsAffected } = answer;
  const shown = fetch ? { columns, rows } : { columns: [], rows: [] };
  const values = attributesObject('AdapterResponse', { code: 'OK', rows_affected: rowsAffected });
  return { response: { ...values, display: () => 'OK' }, table: tableObject(shown) };
}
