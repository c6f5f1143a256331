import { compileNode, type Compilation } from '../compile/compileNode.ts';
import type { SqlNode } from '../compile/manifest.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { answering } from './answering.ts';
import type { RunContext } from './runContext.ts';
import { noFrame, translateQuery, type Frame, type PreparedQuery } from './translateQuery.ts';

/** What preparing a node gave; the code where it could be compiled. */
export type Prepared = Outcome<PreparedQuery | undefined> & { readonly compiledCode: string | undefined };

type Preparing = Pick<RunContext, 'manifest' | 'environment' | 'catalog' | 'engine'>;

/** Compiles a node, whose template may ask the database. */
export function compileAnswered(context: Preparing, node: SqlNode): Promise<Outcome<Compilation | undefined>> {
  return answering(context, (environment) => compileNode(context.manifest, node, environment));
}

/**
 * Compiles a node and translates its query. `frame` makes a larger query of it (a test's count).
 * Without a value the node cannot be run, and the diagnostics say why.
 */
export async function prepareQuery(context: Preparing, node: SqlNode, frame: Frame = noFrame): Promise<Prepared> {
  const { value: compiled, diagnostics } = await compileAnswered(context, node);
  if (compiled === undefined) return { value: undefined, diagnostics, compiledCode: undefined };
  const translated = translateQuery(context, compiled, frame);
  return {
    value: translated.value,
    diagnostics: [...diagnostics, ...translated.diagnostics],
    compiledCode: compiled.code,
  };
}
