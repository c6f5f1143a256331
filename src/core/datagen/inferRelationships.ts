import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { AcceptedRange } from './acceptedRange.ts';
import type { SizedTable } from './columnPlanner.ts';
import { columnType } from './columnType.ts';
import type { DataColumn, DataTable, Relationship } from './dataModel.ts';
import { addressKey } from './generationPlan.ts';
import { singular, snakeCase, tableStem } from './nameForms.ts';

/** Hints that speak of which parent a row has; any other hint says that the column is made on its own. */
const linkHints: ReadonlySet<string> = new Set(['where', 'one_to_one', 'fan_out', 'distinct', 'null_rate']);
/** Hints that leave a unique column a key. */
const keyHints: ReadonlySet<string> = new Set(['pattern', 'generator', 'distinct', 'min', 'max']);
const noHints: ReadonlySet<string> = new Set();

/**
 * The tables with the keys that names alone tell of: `id`, or `customer_id` in `customers`, occurs once and is never
 * empty, and `customer_id` elsewhere is one of those. What the project says by tests and hints stands; a key that
 * cannot be met (more rows than parents for a unique column, another type) is left alone, because nobody asked for
 * it. References that would lead in a circle are left out, with a note.
 */
export function inferRelationships(tables: ReadonlyMap<string, SizedTable>): {
  readonly tables: ReadonlyMap<string, SizedTable>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const keys = new Map([...tables.values()].map(({ table }) => [table.id, keyOf(table)] as const));
  const links = new Map<string, Relationship>();
  for (const { table } of tables.values()) {
    for (const { name, relationship } of table.columns) {
      if (relationship !== undefined) links.set(addressKey({ table: table.id, column: name }), relationship);
    }
  }
  const diagnostics: Diagnostic[] = [];
  const inferredLink = (child: SizedTable, column: DataColumn): Relationship | undefined => {
    const parent = parentOf(tables, keys, child.table, column);
    if (parent === undefined || !canLink(child, column, parent)) return undefined;
    const relationship = { table: parent.sized.table.id, column: parent.key.name, isInferred: true };
    const address = { table: child.table.id, column: column.name };
    if (leadsTo(links, relationship, addressKey(address))) {
      const subject = `${child.table.name}.${column.name}`;
      const reference = `${parent.sized.table.name}.${parent.key.name}`;
      diagnostics.push(diagnostic('data.circularReference', { subject, reference }, column));
      return undefined;
    }
    links.set(addressKey(address), relationship);
    return relationship;
  };
  const inferred = [...tables].map(([id, sized]): [string, SizedTable] => {
    const columns = sized.table.columns.map((column): DataColumn => {
      if (column.relationship !== undefined) return column;
      if (column === keys.get(id)) return { ...column, unique: true };
      const relationship = inferredLink(sized, column);
      return relationship === undefined ? column : { ...column, relationship };
    });
    return [id, { ...sized, table: { ...sized.table, columns } }];
  });
  return { tables: new Map(inferred), diagnostics };
}

/** The column that names a table's rows by the custom of its name; undefined when hints or tests make it another. */
function keyOf(table: DataTable): DataColumn | undefined {
  const own = singular(tableStem(table.name));
  const byName = (...names: readonly string[]): DataColumn | undefined =>
    table.columns.find((column) => names.includes(snakeCase(column.name)));
  const key = byName('id') ?? byName(`${own}_id`, `${tableStem(table.name)}_id`);
  if (key === undefined || key.acceptedValues !== undefined) return undefined;
  // Hints may leave too few values for each row; where a test asks for single values that is said, and not here.
  const allowed = key.unique ? keyHints : noHints;
  if (Object.keys(key.hints).some((hint) => !allowed.has(hint))) return undefined;
  const { kind } = columnType(key);
  return kind === 'integer' || kind === 'text' ? key : undefined;
}

interface Parent {
  readonly sized: SizedTable;
  readonly key: DataColumn;
}

/** The one table that `customer_id` can mean, in the same source before others; never the column's own. */
function parentOf(
  tables: ReadonlyMap<string, SizedTable>,
  keys: ReadonlyMap<string, DataColumn | undefined>,
  child: DataTable,
  column: DataColumn,
): Parent | undefined {
  const stem = /^(.+)_id$/.exec(snakeCase(column.name))?.[1];
  if (stem === undefined) return undefined;
  const found = [...tables.values()].flatMap((sized): readonly Parent[] => {
    const key = keys.get(sized.table.id);
    const name = tableStem(sized.table.name);
    const isMeant = name === stem || name === `${stem}s` || singular(name) === stem;
    return key === undefined || sized.table.id === child.id || !isMeant ? [] : [{ sized, key }];
  });
  const near = found.filter(({ sized }) => sourceOf(sized.table) === sourceOf(child));
  const meant = near.length > 0 ? near : found;
  return meant.length === 1 ? meant[0] : undefined;
}

function sourceOf({ id }: DataTable): string {
  return id.slice(0, id.lastIndexOf('.'));
}

/** Whether a column can follow a parent without breaking what is asked of it. */
function canLink({ rows }: SizedTable, column: DataColumn, { sized, key }: Parent): boolean {
  if (column.acceptedRange !== undefined && !takesAllKeys(column.acceptedRange, key)) return false;
  if (column.acceptedValues !== undefined || Object.keys(column.hints).some((hint) => !linkHints.has(hint)))
    return false;
  const [own, other] = [columnType(column), columnType(key)];
  const sameType = own.kind === other.kind || column.dataType === undefined || key.dataType === undefined;
  const onlyOnce = column.unique || column.hints['one_to_one'] === true || column.hints['distinct'] === true;
  return sameType && sized.rows >= (onlyOnce ? rows : Math.min(rows, 1));
}

/** Whether a range leaves out no key of a parent whose keys are numbered from 1. */
function takesAllKeys({ min, max, includesMin, unread }: AcceptedRange, key: DataColumn): boolean {
  const isNumbered = columnType(key).kind === 'integer' && Object.keys(key.hints).length === 0;
  const isOpen = max === undefined && unread === undefined && key.acceptedRange === undefined;
  return isNumbered && isOpen && (min === undefined || (typeof min === 'number' && (includesMin ? min <= 1 : min < 1)));
}

/** Whether following a reference, and the references behind it, comes to a column. */
function leadsTo(links: ReadonlyMap<string, Relationship>, from: Relationship, column: string): boolean {
  const seen = new Set<string>();
  for (let at: Relationship | undefined = from; at !== undefined; at = links.get(addressKey(at))) {
    const key = addressKey(at);
    if (key === column) return true;
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return false;
}
