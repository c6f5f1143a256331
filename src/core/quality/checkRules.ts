import type { ManifestNode, SeedNode, SourceNode, TestNode } from '../compile/manifest.ts';
import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { displayValue, type DisplayValue } from '../run/displayValue.ts';
import { failingRows, type TestingContext } from './failingRows.ts';
import { formRule, testRule, type Rule } from './rule.ts';
import { tableName, valuePlace, type RawTable } from './rawTable.ts';
import { rowLists } from './rowLists.ts';
import type { Violation } from './violation.ts';

/** Why a test cannot be run on data files alone. */
export type Obstacle =
  { readonly kind: 'readsModel'; readonly model: string } | { readonly kind: 'withoutData'; readonly reason: string };

/** A data test that was not run, and why. */
export interface UncheckedTest {
  readonly test: TestNode;
  readonly obstacle: Obstacle;
}

/** The tests that can be run on the data files alone, and those that cannot. */
export interface CheckPlan {
  readonly tests: readonly TestNode[];
  readonly unchecked: readonly UncheckedTest[];
}

/** Divides a project's tests by whether they read data files alone; ephemeral models are part of what reads them. */
export function planCheck({ manifest, tables }: Pick<TestingContext, 'manifest' | 'tables'>): CheckPlan {
  const whole = new Set([...tables.values()].filter((one) => one.isWhole).map((one) => one.node.uniqueId));
  const tests: TestNode[] = [];
  const unchecked: UncheckedTest[] = [];
  const obstacleOf = (node: ManifestNode | undefined): Obstacle | undefined => {
    if (node === undefined) return undefined;
    if (node.resourceType === 'source' || node.resourceType === 'seed')
      return whole.has(node.uniqueId) ? undefined : { kind: 'withoutData', reason: missingData(node, tables) };
    if (node.resourceType !== 'model') return undefined;
    return node.materialized === 'ephemeral' ? obstacleIn(node) : { kind: 'readsModel', model: node.name };
  };
  const obstacleIn = ({ dependsOn }: ManifestNode): Obstacle | undefined =>
    dependsOn.map((id) => obstacleOf(manifest.nodes.get(id))).find((one) => one !== undefined);
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'test') continue;
    const obstacle = obstacleIn(node);
    if (obstacle === undefined) tests.push(node);
    else unchecked.push({ test: node, obstacle });
  }
  return { tests, unchecked };
}

function missingData(node: SourceNode | SeedNode, tables: TestingContext['tables']): string {
  const found = [...tables.values()].find((table) => table.node.uniqueId === node.uniqueId);
  if (found === undefined) return `${tableName(node)} has no data file`;
  return `the data of ${tableName(node)} could not be read${found.isLoaded ? ' to the end' : ''}`;
}

/** What a file's form breaks. */
export async function formViolations({ engine }: TestingEngine, table: RawTable): Promise<readonly Violation[]> {
  const rows = [...new Set(table.faults.flatMap(({ row }) => row ?? []))];
  const keys = await keysOf(engine, table, rows);
  return table.faults.map(({ kind, line, column, message, row }) => ({
    rule: formRule(kind, table.file),
    table: table.name,
    rowKey: row === undefined ? null : (keys.get(row) ?? null),
    file: table.file,
    line,
    column,
    reason: message,
    row,
  }));
}

type TestingEngine = Pick<TestingContext, 'engine'>;

async function keysOf(
  engine: TestingContext['engine'],
  { key, relation, columns }: RawTable,
  rows: readonly number[],
): Promise<ReadonlyMap<number, DisplayValue>> {
  if (key === undefined || rows.length === 0) return new Map();
  const type = columns.find((column) => column.name === key)?.type;
  const keys = new Map<number, DisplayValue>();
  for (const list of rowLists(rows)) {
    const found = await engine.query(
      `select _rowid_, ${quoteIdentifier(key)} from ${embeddedTable(relation)} where _rowid_ in (${list})`,
    );
    for (const [row = 0, value = null] of found.rows) keys.set(Number(row), displayValue(value, type));
  }
  return keys;
}

/** What a test found. */
export interface TestedRule {
  readonly rule: Rule;
  readonly violations: readonly Violation[];
  /** Why the test could not be run: a file has not the columns that it reads, which is told as a fault of the file. */
  readonly obstacle: Obstacle | undefined;
  /** Why the test could not be run otherwise. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs one test on the loaded files. A value that is of the wrong type breaks that rule alone, and not this one. */
export async function checkRule(context: TestingContext, test: TestNode): Promise<TestedRule> {
  const rule = testRule(test);
  const { value, diagnostics } = await failingRows(context, test);
  const lacking = value === undefined ? lackingColumns(context, test) : undefined;
  if (lacking !== undefined) return { rule, violations: [], obstacle: lacking, diagnostics: [] };
  const rows = value ?? [];
  const violations = rows.flatMap(({ table, row, key, column, reasons }) => {
    if (table?.faultyValues.has(valuePlace(row, column)) === true) return [];
    const file = table?.file ?? rule.file;
    const line = table === undefined ? rule.range.start.line + 1 : (table.lines[(row ?? 0) - 1] ?? 1);
    return reasons.map((reason): Violation => ({
      rule,
      table: table?.name,
      rowKey: key,
      file,
      line,
      column,
      reason,
      row,
    }));
  });
  return { rule, violations: distinct(violations), obstacle: undefined, diagnostics };
}

function lackingColumns({ tables }: TestingContext, test: TestNode): Obstacle | undefined {
  for (const table of tables.values()) {
    if (!test.dependsOn.includes(table.node.uniqueId)) continue;
    const lacking = table.faults.flatMap(({ kind, column }) =>
      kind === 'missingColumn' && column !== undefined ? [column] : [],
    );
    if (lacking.length > 0) return { kind: 'withoutData', reason: `${table.file} has no column ${lacking.join(', ')}` };
  }
  return undefined;
}

/** A row that several of a test's rows speak of breaks the rule once for each reason. */
function distinct(violations: readonly Violation[]): readonly Violation[] {
  const seen = new Map(violations.map((one) => [`${one.file} ${String(one.line)} ${one.reason}`, one]));
  return [...seen.values()];
}
