import type { ModelNode } from '../compile/manifest.ts';
import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ConstraintProperties } from '../project/properties.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { translateQuery } from './translateQuery.ts';
import type { RunContext } from './runContext.ts';

/** What is wrong with the rows of a table that was made; it is not kept. */
export class ConstraintBroken extends Error {
  readonly fault: Diagnostic;

  constructor(fault: Diagnostic) {
    super(fault.message);
    this.name = 'ConstraintBroken';
    this.fault = fault;
  }
}

interface Check {
  readonly constraint: ConstraintProperties;
  /** As the user would say it: `not null: name`. */
  readonly says: string;
  /** SQLite's query of one row that breaks the constraint. */
  readonly sql: string;
}

/**
 * Looks whether the rows of a model's table keep to the constraints of its contract, as a warehouse does while it
 * makes the table. Throws `ConstraintBroken` for the first that they break, and the engine's errors.
 */
export async function checkConstraints(
  context: Pick<RunContext, 'engine' | 'manifest' | 'catalog'>,
  node: ModelNode,
  { table, columns }: { readonly table: string; readonly columns: readonly TypedColumn[] },
): Promise<void> {
  for (const check of checksOf(context, node, table, columns)) {
    const { rows } = await context.engine.query(check.sql);
    const [row] = rows;
    if (row === undefined) continue;
    const params = {
      constraint: check.says,
      value: row.map((one) => (one === null ? 'null' : String(one))).join(', '),
    };
    throw new ConstraintBroken(diagnostic('run.constraintBroken', params, check.constraint));
  }
}

function checksOf(
  context: Pick<RunContext, 'manifest' | 'catalog'>,
  node: ModelNode,
  table: string,
  columns: readonly TypedColumn[],
): readonly Check[] {
  const ofColumns = node.columns.flatMap(({ name, constraints }) => constraints.map((one) => ({ one, names: [name] })));
  const ofTable = node.constraints.map((one) => ({ one, names: one.columns }));
  return [...ofColumns, ...ofTable].flatMap(({ one, names }): readonly Check[] => {
    const check = (kind: string, sql: string): Check => ({
      constraint: one,
      says: `${kind}: ${names.join(', ')}`,
      sql,
    });
    const keys = names.map(quoteIdentifier);
    const from = embeddedTable(table);
    const nulls = keys.map((key) => `${key} is null`).join(' or ');
    const isNull = `select ${keys.join(', ')} from ${from} where ${nulls} limit 1`;
    const isTwice = `select ${keys.join(', ')} from ${from} where not (${nulls}) group by ${keys.join(', ')} having count(*) > 1 limit 1`;
    switch (one.type) {
      case 'not_null':
        return keys.length === 0 ? [] : [check('not null', isNull)];
      case 'unique':
        return keys.length === 0 ? [] : [check('unique', isTwice)];
      case 'primary_key':
        return keys.length === 0 ? [] : [check('primary key', isNull), check('primary key', isTwice)];
      case 'check': {
        const sql = one.expression === undefined ? undefined : brokenCheck(context, one, table, columns);
        return sql === undefined ? [] : [{ constraint: one, says: `check: ${one.expression ?? ''}`, sql }];
      }
      case 'foreign_key':
      case 'custom':
        return [];
    }
  });
}

/** A condition is in the target's SQL, and is translated like any query. */
function brokenCheck(
  { manifest, catalog }: Pick<RunContext, 'manifest' | 'catalog'>,
  constraint: ConstraintProperties,
  table: string,
  columns: readonly TypedColumn[],
): string {
  const code = `select * from ${quoteIdentifier(table)} where not (${constraint.expression ?? ''}) limit 1`;
  const types = { types: () => ({ ...catalog.types(), [table]: columns }) };
  const { value, diagnostics } = translateQuery({ manifest, catalog: types }, { code, locate: () => constraint });
  if (value !== undefined) return value.sql;
  const fault = diagnostics[0];
  if (fault === undefined) throw new Error(`${constraint.expression ?? ''} was refused without a reason`);
  throw new ConstraintBroken(fault);
}
