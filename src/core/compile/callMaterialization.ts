import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { callMacro } from '../jinja/render.ts';
import { displayText } from '../jinja/values/display.ts';
import { hostFunction, isCompound, type JinjaValue } from '../jinja/values/value.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { completeConfig } from './completeConfig.ts';
import { macroContext } from './macroContext.ts';
import type { MacroDefinition } from './macroScope.ts';
import type { Manifest, ModelNode } from './manifest.ts';
import { nodeValues, withBatch } from './nodeValues.ts';
import { setOwnValues } from './ownValues.ts';
import type { Relation } from './relation.ts';
import { relationArgument } from './relationArgument.ts';
import { textArgument } from './textArgument.ts';

/** What a materialization made. */
export interface Materialized {
  /** The relations that it says it has made. */
  readonly relations: readonly Relation[];
  /** The SQL that it wrote as the model's: that of its statement `main`. */
  readonly sql: string | undefined;
  /** What its statement `main` was answered. */
  readonly message: string;
  /** False when it has not called `adapter.commit()`. */
  readonly committed: boolean;
}

/**
 * Builds a model by a materialization of the project or of a package: runs its macro as dbt runs it
 * (dbt-core: task/run.py, ModelRunner). `code` is the model's compiled code.
 */
export function callMaterialization(
  manifest: Manifest,
  node: ModelNode,
  materialization: MacroDefinition,
  code: string,
  environment: CompileEnvironment,
): Outcome<Materialized | undefined> {
  const config = completeConfig(node);
  let committed = false;
  const context = macroContext(manifest, { ...node, config }, { ...environment, committed: () => (committed = true) });
  let written: string | undefined;
  for (const name of ['sql', 'compiled_code', 'compiled_sql']) context.override(name, code);
  setOwnValues(context, { ...node, config: () => config, execute: true });
  context.later('model', () =>
    withBatch({ ...nodeValues(manifest, node), compiled: true, compiled_code: code }, node, environment.batch),
  );
  context.set(
    'write',
    hostFunction('write', ([text]) => {
      written = textArgument('write', 'the text', text);
      return '';
    }),
  );
  const origin = { file: materialization.file, range: materialization.definition.nameRange };
  const macro = context.macro(materialization.packageName, materialization.name) ?? null;
  const called = callMacro(macro, [], undefined, origin);
  if (called.value === undefined) return { value: undefined, diagnostics: called.diagnostics };
  const wrong = (detail: string): Outcome<undefined> => ({
    value: undefined,
    diagnostics: [
      diagnostic('compile.materializationResult', { name: materialization.definition.name, detail }, origin),
    ],
  });
  const relations = madeRelations(called.value);
  if (typeof relations === 'string') return wrong(relations);
  const main = callMacro(context.get('load_result') ?? null, ['main'], undefined, origin).value ?? null;
  const response = isCompound(main) && main.kind === 'object' ? main.getAttr('response') : undefined;
  if (response === undefined) return wrong('has run no statement with the name "main"');
  const value = { relations, sql: written?.trim(), committed, message: displayText(response) };
  return { value, diagnostics: called.diagnostics };
}

/** The relations that a materialization returns, or what is wrong with its answer. */
function madeRelations(value: JinjaValue): readonly Relation[] | string {
  if (!isCompound(value) || value.kind !== 'dict')
    return `must end with {{ return({'relations': [target_relation]}) }}`;
  const relations = value.get('relations') ?? null;
  if (!isCompound(relations) || relations.kind !== 'list') return 'returns no list of "relations"';
  if (!relations.items.every(isRelation)) return 'returns "relations" of which one is no relation';
  return relations.items.map((one) => relationArgument('return', one));
}

function isRelation(value: JinjaValue): boolean {
  return isCompound(value) && value.kind === 'object' && value.typeName === 'Relation';
}
