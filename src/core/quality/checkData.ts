import type { Manifest, SeedNode, SourceNode } from '../compile/manifest.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { Cancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import { checkRule, formViolations, planCheck, type UncheckedTest } from './checkRules.ts';
import type { TestingContext } from './failingRows.ts';
import { dataFileOf, loadRawTable, tableName, type RawContext, type RawTable } from './rawTable.ts';
import type { Violation } from './violation.ts';

/** How far a check is: the table that is read or the test that is run, of how many steps in all. */
export interface CheckProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface CheckHost {
  readonly progress: (progress: CheckProgress) => void;
  readonly cancellation: Cancellation;
}

/** What a check found. */
export interface CheckReport {
  readonly tables: readonly RawTable[];
  /** How many tests were run. */
  readonly testsRun: number;
  /** By file and line. */
  readonly violations: readonly Violation[];
  readonly unchecked: readonly UncheckedTest[];
  /** Tests that could not be run, and data files that are missing. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Sources and seeds whose rows are in a file of the project. */
export function dataNodes({ nodes }: Manifest): readonly (SourceNode | SeedNode)[] {
  return [...nodes.values()].filter(
    (node): node is SourceNode | SeedNode =>
      (node.resourceType === 'source' || node.resourceType === 'seed') && dataFileOf(node) !== undefined,
  );
}

/** Loads every data file of a project into the database, which holds nothing of worth, as far as each can be read. */
export async function loadRawTables(
  context: RawContext,
  { progress, cancellation }: CheckHost,
): Promise<{ readonly tables: readonly RawTable[]; readonly diagnostics: readonly Diagnostic[] }> {
  const nodes = dataNodes(context.manifest);
  const tables: RawTable[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [done, node] of nodes.entries()) {
    if (cancellation.isCancellationRequested) throw new Cancelled();
    const file = dataFileOf(node) ?? '';
    const name = tableName(node);
    progress({ step: name, done, total: nodes.length });
    const table = await loadRawTable(context, node, file, () => undefined);
    if (table === undefined) {
      const place = { file: node.originalFilePath, range: node.range };
      diagnostics.push(diagnostic('run.sourceWithoutData', { source: name, file }, place));
    } else tables.push(table);
  }
  return { tables, diagnostics };
}

/** The context in which tests are run on loaded files. */
export function testingContext(context: Omit<TestingContext, 'tables'>, tables: readonly RawTable[]): TestingContext {
  return { ...context, tables: new Map(tables.map((table) => [table.relation.toLowerCase(), table])) };
}

/** Finds every row of the data files that breaks a rule, and says why. */
export async function checkData(context: Omit<TestingContext, 'tables'>, host: CheckHost): Promise<CheckReport> {
  const { tables, diagnostics: missing } = await loadRawTables(context, host);
  const testing = testingContext(context, tables);
  const plan = planCheck(testing);
  const { tests } = plan;
  const unchecked = [...plan.unchecked];
  const violations: Violation[] = [];
  for (const table of tables) violations.push(...(await formViolations(context, table)));
  const diagnostics = [...missing];
  for (const [done, test] of tests.entries()) {
    if (host.cancellation.isCancellationRequested) throw new Cancelled();
    host.progress({ step: test.name, done, total: tests.length });
    const checked = await checkRule(testing, test);
    violations.push(...checked.violations);
    diagnostics.push(...checked.diagnostics);
    if (checked.obstacle !== undefined) unchecked.push({ test, obstacle: checked.obstacle });
  }
  const testsRun = tests.length - (unchecked.length - plan.unchecked.length);
  return { tables, testsRun, violations: inFileOrder(violations), unchecked, diagnostics };
}

/** By file, line and rule. */
export function inFileOrder(violations: readonly Violation[]): readonly Violation[] {
  return violations.toSorted(
    (a, b) => order(a.file, b.file) || a.line - b.line || order(a.rule.name, b.rule.name) || order(a.reason, b.reason),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
