import { failure } from '../jinja/values/jinjaFailure.ts';
import type { JinjaObject } from '../jinja/values/value.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import type { StatementAnswer } from './templateDatabase.ts';
import { tableObject } from './tableObject.ts';

/** What a statement gave, as templates see it. */
export interface StatementResult {
  /** dbt's AdapterResponse. */
  readonly response: JinjaObject;
  readonly table: JinjaObject;
}

/** Asks for a statement to be run for a template. A fault of the database is one of the template at its call. */
export function statementResult({ database }: CompileEnvironment, sql: string, fetch: boolean): StatementResult {
  if (database === undefined) throw failure('compile.needsDatabase', {});
  const asked = database.execute(sql);
  if (asked.kind === 'fault') throw failure('compile.statementFailed', { detail: asked.message });
  const answer = (): StatementAnswer => (asked.kind === 'answer' ? asked : asked.read());
  const response: JinjaObject = {
    kind: 'object',
    typeName: 'AdapterResponse',
    display: () => 'OK',
    getAttr: (name) => {
      if (name === 'code') return 'OK';
      return name === 'rows_affected' ? BigInt(answer().rowsAffected) : undefined;
    },
  };
  return { response, table: tableObject(fetch ? answer : () => ({ columns: [], rows: [] })) };
}
