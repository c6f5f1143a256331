import type { CompileEnvironment, ExistingRelations, TemplateMessage } from '../compile/compileEnvironment.ts';
import {
  AnswerNeeded,
  type StatementAnswer,
  type StatementFault,
  type TemplateDatabase,
} from '../compile/templateDatabase.ts';
import { existingRelations } from './existingRelations.ts';
import { runStatement, type StatementContext } from './runStatement.ts';

/** More statements than any template asks for; a template that never stops asking is stopped here. */
const mostStatements = 10_000;

/**
 * Renders something that may ask the database. `work` goes on without the answers until it needs one; then what it has
 * asked is run, and it is done again with the answers, so that each statement is run once and in order. What it asks of
 * relations is answered as it was the first time, though statements may have changed them since.
 */
export async function answering<T>(
  context: StatementContext & { readonly environment: CompileEnvironment },
  work: (environment: CompileEnvironment) => T,
): Promise<T> {
  const answers = new Answers(existingRelations(context.catalog, context.manifest.project.target));
  let said = 0;
  for (;;) {
    const pass = answers.replay();
    const messages: TemplateMessage[] = [];
    const say = (message: TemplateMessage): void => void messages.push(message);
    let result: { readonly value: T } | undefined;
    try {
      result = { value: work({ ...context.environment, say, existing: pass, database: pass }) };
    } catch (error) {
      if (!(error instanceof AnswerNeeded)) throw error;
    }
    const went = await answers.run(pass.pending, (sql) => runStatement(context, sql));
    // Where a statement failed, rendering ends there the next time, and what comes behind was never said.
    if (!went) continue;
    for (const message of messages.slice(said)) context.environment.say?.(message);
    said = Math.max(said, messages.length);
    if (result !== undefined) return result.value;
  }
}

interface Answered {
  readonly asked: string;
  readonly answer: unknown;
}

/** One rendering: what it is answered, and the statements that wait behind it. */
interface Pass extends ExistingRelations, TemplateDatabase {
  readonly pending: readonly string[];
}

/** What a template has asked so far, in order, and what it was answered. */
class Answers {
  readonly #existing: ExistingRelations;
  readonly #known: Answered[] = [];

  constructor(existing: ExistingRelations) {
    this.#existing = existing;
  }

  /** Runs statements and takes their answers down; false when one has failed, which is the last that is run. */
  async run(
    statements: readonly string[],
    runOne: (sql: string) => Promise<StatementAnswer | StatementFault>,
  ): Promise<boolean> {
    for (const sql of statements) {
      const answer = await runOne(sql);
      this.#known.push({ asked: statementKey(sql), answer });
      if (answer.kind === 'fault') return false;
    }
    return true;
  }

  /** Answers from the first question on. */
  replay(): Pass {
    const pending: string[] = [];
    let at = 0;
    const needed = (): never => {
      throw new AnswerNeeded();
    };
    const looked = <T>(asked: string, look: () => T): T => {
      const known = this.#known[at];
      if (known !== undefined && known.asked !== asked) return look();
      if (pending.length > 0) return needed();
      at += 1;
      if (known !== undefined) return known.answer as T;
      const answer = look();
      this.#known.push({ asked, answer });
      return answer;
    };
    return {
      pending,
      kindOf: (name) => looked(`kind ${name}`, () => this.#existing.kindOf(name)),
      columnsOf: (name) => looked(`columns ${name}`, () => this.#existing.columnsOf(name)),
      execute: (sql) => {
        const known = this.#known[at];
        if (known === undefined) {
          if (this.#known.length + pending.length >= mostStatements)
            return { kind: 'fault', message: 'this template asks for statements without end.' };
          pending.push(sql);
          return { kind: 'pending', read: needed };
        }
        at += 1;
        if (known.asked === statementKey(sql)) return known.answer as StatementAnswer | StatementFault;
        const message =
          'it asks the database something else each time it is rendered; what it asks may depend on the answers before, and on nothing that changes by itself.';
        return { kind: 'fault', message };
      },
    };
  }
}

const statementKey = (sql: string): string => `statement ${sql}`;
