import { fromPlain } from '../jinja/values/plain.ts';
import { hostFunction, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import type { Target } from '../project/target.ts';
import { renderRelation, type Relation } from './relation.ts';

/** A relation as templates see it, with its kind where it was looked up: it prints as its quoted name (dbt-adapters: base/relation.py). */
export function relationObject(relation: Relation, target: Target, kind?: 'table' | 'view'): JinjaObject {
  const rendered = renderRelation(relation, target);
  const attributes: Readonly<Record<string, JinjaValue>> = {
    ...relation,
    name: relation.identifier,
    table: relation.identifier,
    render: hostFunction('render', () => rendered),
    include: hostFunction('include', () => rendered),
    type: kind ?? null,
    is_table: kind === undefined ? null : kind === 'table',
    is_view: kind === undefined ? null : kind === 'view',
    is_cte: false,
  };
  return textObject('Relation', rendered, attributes);
}

/** An ephemeral model as templates see it: the name of the CTE that will stand in front of the query. */
export function cteObject(identifier: string): JinjaObject {
  const name = cteName(identifier);
  return textObject('Relation', name, { identifier: name, name, table: name, is_cte: true });
}

/** Adapters that take a subquery without a name (their relation.py, require_alias). */
const namelessSubqueries: readonly string[] = ['bigquery', 'databricks', 'duckdb', 'redshift', 'snowflake', 'spark'];

/** A relation without rows, as `--empty` has what is read (dbt-adapters: base/relation.py, render_limited). */
export function emptyObject(relation: JinjaObject, target: Target): JinjaObject {
  const name = relation.getAttr('table');
  const alias = namelessSubqueries.includes(target.type) || typeof name !== 'string' ? '' : ` _dbt_limit_subq_${name}`;
  const text = `(select * from ${relation.display()} where false limit 0)${alias}`;
  return { ...relation, display: () => text, repr: () => `<Relation ${text}>`, hashKey: () => text };
}

/** The name that dbt gives to an ephemeral model's CTE (dbt-core: core/dbt/compilation.py). */
export function cteName(identifier: string): string {
  return `__dbt__cte__${identifier}`;
}

function textObject(typeName: string, text: string, attributes: Readonly<Record<string, JinjaValue>>): JinjaObject {
  return {
    kind: 'object',
    typeName,
    display: () => text,
    repr: () => `<${typeName} ${text}>`,
    getAttr: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    equals: (other) =>
      typeof other === 'object' &&
      other !== null &&
      other.kind === 'object' &&
      other.typeName === typeName &&
      other.display() === text,
    hashKey: () => text,
    truthy: () => true,
  };
}

/** A value object whose attributes are a mapping's entries, for `target` and its like. */
export function attributesObject(typeName: string, values: Parameters<typeof fromPlain>[0]): JinjaObject {
  const entries = typeof values === 'object' && values !== null && !Array.isArray(values) ? Object.entries(values) : [];
  const attributes = new Map(entries.map(([key, value]) => [key, fromPlain(value as Parameters<typeof fromPlain>[0])]));
  return {
    kind: 'object',
    typeName,
    display: () => `<${typeName}>`,
    getAttr: (name) => attributes.get(name),
    contains: (value) => typeof value === 'string' && attributes.has(value),
  };
}
