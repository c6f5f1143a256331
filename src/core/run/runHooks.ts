import { compileSql } from '../compile/compileNode.ts';
import { hooksOf, type Hook } from '../compile/hookConfig.ts';
import type { ModelNode, OperationNode, SeedNode, SnapshotNode } from '../compile/manifest.ts';
import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { answering } from './answering.ts';
import { inTransaction } from './inTransaction.ts';
import type { RunContext } from './runContext.ts';
import { runStatement } from './runStatement.ts';

/** A node that is built, and that hooks may stand around. */
export type HookedNode = ModelNode | SnapshotNode | SeedNode;

/** How the building of a node ended, and what stopped its hooks: then the table is as it was before. */
export type Hooked<T> =
  | { readonly kind: 'built'; readonly ending: T }
  | {
      readonly kind: 'hookFailed';
      readonly faults: readonly Diagnostic[];
      /** How the node ended, when a hook behind it failed. */
      readonly ending: T | undefined;
    };

/** Undoes the transaction of a node: a hook failed, or the node could not be built. */
class Undone<T> extends Error {
  readonly hooked: Hooked<T>;

  constructor(hooked: Hooked<T>) {
    super('the transaction of a node is undone');
    this.hooked = hooked;
  }
}

/**
 * Runs a node's hooks around its building: those before it, the node and those behind it are one transaction, and what
 * asks to stand outside of it does (dbt-adapters: materializations/hooks.sql).
 */
export async function withHooks<T>(
  context: RunContext,
  node: HookedNode,
  build: () => Promise<T>,
  isOk: (ending: T) => boolean,
): Promise<Hooked<T>> {
  const before = hooksOf(node.config, 'pre-hook');
  const behind = hooksOf(node.config, 'post-hook');
  if (before.length + behind.length === 0) return { kind: 'built', ending: await build() };
  let ending: T | undefined;
  const run = async (hooks: readonly Hook[], transaction: boolean, hook: string): Promise<void> => {
    for (const { sql } of hooks.filter((one) => one.transaction === transaction)) {
      const faults = await runHook(context, node, sql, hook);
      if (hasErrors(faults)) throw new Undone({ kind: 'hookFailed', faults, ending });
    }
  };
  try {
    await run(before, false, 'pre-hook');
    const built = await inTransaction(context.engine, async () => {
      await run(before, true, 'pre-hook');
      ending = await build();
      if (!isOk(ending)) throw new Undone({ kind: 'built', ending });
      await run(behind, true, 'post-hook');
      return ending;
    });
    await run(behind, false, 'post-hook');
    return { kind: 'built', ending: built };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    await context.catalog.refresh();
    return (error as Undone<T>).hooked;
  }
}

async function runHook(
  context: RunContext,
  node: HookedNode,
  sql: string,
  hook: string,
): Promise<readonly Diagnostic[]> {
  const place = { file: node.originalFilePath, range: node.range };
  const compiled = await compileHook(context, node, sql, undefined);
  if (compiled.value === undefined) return compiled.diagnostics.map((one) => ({ ...one, ...place }));
  const answer = await runStatement(context, compiled.value);
  return answer.kind === 'answer' ? [] : [diagnostic('compile.hookFailed', { hook, detail: answer.message }, place)];
}

/** A hook's SQL after Jinja. */
export async function compileHook(
  context: RunContext,
  owner: HookedNode | OperationNode,
  text: string,
  values: PlainMap | undefined,
): Promise<Outcome<string | undefined>> {
  const written = { text, file: owner.originalFilePath, owner, ...(values && { values }) };
  const { value, diagnostics } = await answering(context, (environment) =>
    compileSql(context.manifest, written, environment),
  );
  return { value: value?.code, diagnostics };
}
