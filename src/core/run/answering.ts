import type { CompileEnvironment, TemplateMessage } from '../compile/compileEnvironment.ts';
import {
  AnswerNeeded,
  type StatementAnswer,
  type StatementFault,
  type TemplateDatabase,
} from '../compile/templateDatabase.ts';
import { existingRelations } from './existingRelations.ts';
import { runStatement, type StatementContext } from './runStatement.ts';

interface Answered {
  readonly sql: string;
  readonly answer: StatementAnswer | StatementFault;
}

/** More statements than any template asks for; a template that never stops asking is stopped here. */
const mostStatements = 10_000;

/**
 * Renders something that may ask the database: `work` is done again for each statement that it asks for, with the
 * answers to those before, so that each statement is run once and in order.
 */
export async function answering<T>(
  context: StatementContext & { readonly environment: CompileEnvironment },
  work: (environment: CompileEnvironment) => T,
): Promise<T> {
  const answered: Answered[] = [];
  let said = 0;
  const existing = existingRelations(context.catalog, context.manifest.project.target);
  for (;;) {
    let heard = 0;
    // What was said before the last statement was asked is said again, and told once.
    const say = (message: TemplateMessage): void => {
      heard += 1;
      if (heard <= said) return;
      said = heard;
      context.environment.say?.(message);
    };
    try {
      return work({ ...context.environment, say, existing, database: replay(answered) });
    } catch (error) {
      if (!(error instanceof AnswerNeeded)) throw error;
      answered.push({ sql: error.sql, answer: await runStatement(context, error.sql) });
    }
  }
}

/** Gives the answers in order, and asks for the first that is not there. */
function replay(answered: readonly Answered[]): TemplateDatabase {
  let at = 0;
  return {
    execute: (sql) => {
      const known = answered[at];
      at += 1;
      if (known === undefined) {
        if (at > mostStatements) return { kind: 'fault', message: 'this template asks for statements without end.' };
        throw new AnswerNeeded(sql);
      }
      if (known.sql === sql) return known.answer;
      const message =
        'it asks the database something else each time it is rendered; what it asks may depend on the answers before, and on nothing that changes by itself.';
      return { kind: 'fault', message };
    },
  };
}
