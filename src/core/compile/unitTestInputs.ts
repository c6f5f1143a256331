import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Target } from '../project/target.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { fixtureSql } from './fixtureSql.ts';
import type { NodeLookup } from './linkNodes.ts';
import { isTableNode, type ModelNode, type TableNode, type UnitTestInput, type UnitTestNode } from './manifest.ts';
import { embeddedName, renderRelation } from './relation.ts';

/** A query that stands for a node while a unit test's model is compiled. */
export interface StandIn {
  readonly node: TableNode;
  /** What the CTE's name has behind dbt's prefix. */
  readonly identifier: string;
  readonly code: string;
  /** True when the code is a user's, with Jinja in it. */
  readonly isTemplate: boolean;
  /** True when it is what the model's own table holds already. */
  readonly isThis: boolean;
}

export type StandIns = ReadonlyMap<UniqueId, StandIn>;

/** The queries for a unit test's given rows; without a value the diagnostics say which of them cannot be made. */
export function unitTestInputs(
  lookup: NodeLookup,
  { node, model, target }: { readonly node: UnitTestNode; readonly model: ModelNode; readonly target: Target },
  environment: CompileEnvironment,
): Outcome<StandIns | undefined> {
  const place = { file: node.originalFilePath, range: node.range };
  const diagnostics: Diagnostic[] = [];
  const standIns = node.given.flatMap((input): StandIn[] => {
    const given = givenNode(lookup, input, model);
    if (given === undefined || !isTableNode(given)) {
      diagnostics.push(diagnostic('compile.unitTestInput', { test: node.name, input: input.input }, place));
      return [];
    }
    const isThis = input.reads.kind === 'this';
    const identifier =
      given.resourceType === 'source' ? `${given.sourceName}__${given.name}` : given.relation.identifier;
    const base = { node: given, identifier, isThis };
    if (typeof input.rows === 'string') return [{ ...base, code: input.rows, isTemplate: true }];
    const columns = environment.existing?.columnsOf(embeddedName(given.relation, target));
    if (columns === undefined) {
      const relation = renderRelation(given.relation, target);
      diagnostics.push(diagnostic('compile.fixtureWithoutTable', { name: given.name, relation }, place));
      return [];
    }
    const made = fixtureSql(given.name, input.rows, columns);
    if ('sql' in made) return [{ ...base, code: made.sql, isTemplate: false }];
    const known = columns.map(({ name }) => name);
    const params = { name: made.unknownColumn, fixture: `"${given.name}"`, known };
    diagnostics.push(diagnostic('compile.fixtureColumn', params, place));
    return [];
  });
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  return { value: new Map(standIns.map((one) => [one.node.uniqueId, one])), diagnostics };
}

function givenNode(lookup: NodeLookup, { reads }: UnitTestInput, model: ModelNode): ReturnType<NodeLookup['ref']> {
  switch (reads.kind) {
    case 'this':
      return model;
    case 'ref':
      return lookup.ref(reads.call, model.packageName);
    case 'source':
      return lookup.source(reads.call, model.packageName);
    case 'nothing':
      return undefined;
  }
}
