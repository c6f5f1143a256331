import { fromPlain } from '../jinja/values/plain.ts';
import { dictOf } from '../jinja/values/dict.ts';
import { hostFunction, isCompound, type JinjaObject, type JinjaValue, type Kwargs } from '../jinja/values/value.ts';
import type { Target } from '../project/target.ts';
import { embeddedName, quoteForAdapter, renderRelation, type Relation } from './relation.ts';

/** A relation as templates see it, with its kind where it was looked up: it prints as its quoted name (dbt-adapters: base/relation.py). */
export function relationObject(relation: Relation, target: Target, kind?: 'table' | 'view'): JinjaObject {
  const rendered = renderRelation(relation, target);
  const attributes: Readonly<Record<string, JinjaValue>> = {
    ...relation,
    name: relation.identifier,
    table: relation.identifier,
    type: kind ?? null,
    is_table: kind === undefined ? null : kind === 'table',
    is_view: kind === undefined ? null : kind === 'view',
    is_cte: false,
    metadata: dictOf({ type: 'Relation' }),
  };
  const object = textObject('Relation', rendered, attributes);
  return {
    ...object,
    // A mapping, by which macros of packages know a relation from a text.
    isMapping: true,
    getAttr: (name) => object.getAttr(name) ?? relationMethod(name, { relation, target, kind, rendered, object }),
  };
}

/** What a method of a relation may need. */
interface Self {
  readonly relation: Relation;
  readonly target: Target;
  readonly kind: 'table' | 'view' | undefined;
  readonly rendered: string;
  readonly object: JinjaObject;
}

function relationMethod(name: string, { relation, target, kind, rendered, object }: Self): JinjaValue | undefined {
  switch (name) {
    case 'render':
      return hostFunction(name, () => rendered);
    case 'get':
      return hostFunction(name, (args) => {
        const [key, otherwise = null] = args;
        return (typeof key === 'string' ? object.getAttr(key) : undefined) ?? otherwise;
      });
    case 'quote':
      return hostFunction(name, () => object);
    case 'include':
      return hostFunction(name, (_args, kwargs) => included(relation, target, kwargs, object));
    case 'without_identifier':
      return hostFunction(name, () => textObject('Relation', 'main', { ...relation, identifier: null }));
    case 'replace_path':
      return hostFunction(name, (_args, kwargs) => relationObject(withParts(relation, kwargs), target, kind));
    case 'incorporate':
      return hostFunction(name, (_args, kwargs) => {
        const path = kwargs.get('path') ?? null;
        const parts = isCompound(path) && path.kind === 'dict' ? path.entries() : [];
        const type = kwargs.get('type');
        const given = new Map(
          parts.flatMap(([key, value]) => (typeof key === 'string' ? [[key, value] as const] : [])),
        );
        return relationObject(withParts(relation, given), target, type === 'table' || type === 'view' ? type : kind);
      });
    default:
      return undefined;
  }
}

/** The relation with some of its parts left out of its text. */
function included(relation: Relation, target: Target, kwargs: Kwargs, whole: JinjaObject): JinjaObject {
  const has = (part: string): boolean => kwargs.get(part) !== false;
  if (has('schema') && has('identifier')) return whole;
  const identifier = quoteForAdapter(embeddedName(relation, target), target.type);
  const text = has('identifier') ? identifier : has('schema') ? 'main' : '';
  return { ...whole, display: () => text, repr: () => `<Relation ${text}>`, hashKey: () => text };
}

function withParts(relation: Relation, parts: ReadonlyMap<string, JinjaValue>): Relation {
  const part = (name: keyof Relation): string => {
    const given = parts.get(name);
    return typeof given === 'string' ? given : relation[name];
  };
  return { database: part('database'), schema: part('schema'), identifier: part('identifier') };
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
  return subqueryObject(relation, { where: 'false limit 0', namespace: 'limit' }, target);
}

/**
 * A relation with only what holds a condition of event time, as a batch has what it reads (dbt-adapters:
 * base/relation.py, render_event_time_filtered).
 */
export function filteredObject(relation: JinjaObject, condition: string, target: Target): JinjaObject {
  return subqueryObject(relation, { where: condition, namespace: 'et_filter' }, target);
}

function subqueryObject(
  relation: JinjaObject,
  { where, namespace }: { readonly where: string; readonly namespace: string },
  target: Target,
): JinjaObject {
  const name = relation.getAttr('table');
  const isNameless = namelessSubqueries.includes(target.type) || typeof name !== 'string';
  const alias = isNameless ? '' : ` _dbt_${namespace}_subq_${name}`;
  const text = `(select * from ${relation.display()} where ${where})${alias}`;
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
