import type { CompiledNode } from '../compile/compiledNode.ts';
import type { TestNode, TestVerdictRule } from '../compile/manifest.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { eventName, fateOf } from '../diagnostics/warningRules.ts';
import type { NodeStatus } from './nodeResult.ts';
import { prepareQuery } from './prepareQuery.ts';
import { databaseError, translateQuery, type Frame } from './translateQuery.ts';
import { storedFailures, storeFailures } from './storedFailures.ts';
import type { RunContext } from './runContext.ts';

/** What running a test or a unit test gave. */
export interface TestVerdict {
  readonly status: Extract<NodeStatus, 'pass' | 'warn' | 'fail' | 'error'>;
  readonly message: string | undefined;
  readonly failures: number | undefined;
  readonly compiledCode: string | undefined;
  readonly executedSql: string | undefined;
  readonly givenCode?: ReadonlyMap<string, string>;
  readonly compiledAt: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Counts a test's failing rows and judges the count by its rule (dbt-core: core/dbt/task/test.py). */
export async function runTest(context: RunContext, node: TestNode): Promise<TestVerdict> {
  const rule = node.verdictRule;
  const stored = storedFailures(node, context.environment.storeFailures ?? false);
  const prepared = await prepareQuery(context, node, stored === undefined ? testFrame(rule) : storedFrame(rule));
  const base = { compiledCode: prepared.compiledCode, compiledAt: context.clock.now(), failures: undefined };
  const errored = (diagnostics: readonly Diagnostic[], executedSql?: string): TestVerdict => ({
    ...base,
    status: 'error',
    message: diagnostics.find((one) => one.severity === 'error')?.message,
    executedSql,
    diagnostics,
  });
  if (prepared.value === undefined) return errored(prepared.diagnostics);
  const { compiled } = prepared.value;
  let { sql } = prepared.value;
  try {
    if (stored !== undefined) {
      const counted = countStored(context, compiled, await storeFailures(context, prepared.value, stored), rule);
      if (counted.value === undefined) return errored([...prepared.diagnostics, ...counted.diagnostics], sql);
      sql = counted.value.sql;
    }
    const { rows } = await context.engine.query(sql);
    const [failures = 0, shouldWarn, shouldError] = rows[0] ?? [];
    const warned = judge(node, Number(failures), Boolean(shouldWarn), Boolean(shouldError));
    const judged = isWarningError(context) ? asFailure(node, warned) : warned;
    return { ...base, ...judged, executedSql: sql, diagnostics: [...prepared.diagnostics, ...judged.diagnostics] };
  } catch (error) {
    return errored([...prepared.diagnostics, databaseError(error, compiled, context.manifest)], sql);
  }
}

/** A limit holds for the rows that are stored, too. */
function storedFrame({ limit }: TestVerdictRule): Frame | undefined {
  if (limit === undefined) return undefined;
  return { before: 'select * from (\n', after: `\n) dbt_internal_test limit ${String(limit)}` };
}

/** The query that counts rows that were stored; its faults are the test's. */
function countStored(
  context: RunContext,
  compiled: CompiledNode,
  query: string,
  rule: TestVerdictRule,
): ReturnType<typeof translateQuery> {
  return translateQuery(context, { code: query, locate: (range) => compiled.locate(range) }, testFrame(rule));
}

/** The count around a test's query, as dbt writes it (dbt-adapters: materializations/tests/helpers.sql). */
function testFrame({ failCalc, warnIf, errorIf, limit }: TestVerdictRule): Frame {
  const before = [
    'select',
    `      ${failCalc} as failures,`,
    `      ${failCalc} ${warnIf} as should_warn,`,
    `      ${failCalc} ${errorIf} as should_error`,
    '    from (',
    '',
  ].join('\n');
  return { before, after: `${limit === undefined ? '' : `\n      limit ${String(limit)}`}\n    ) dbt_internal_test` };
}

/** True when a test that warns fails, as `--warn-error` has it. */
function isWarningError({ warnings }: RunContext): boolean {
  return warnings !== undefined && fateOf(eventName('run.testWarned'), warnings) === 'error';
}

type Judged = Pick<TestVerdict, 'status' | 'message' | 'failures' | 'diagnostics'>;

function asFailure(node: TestNode, judged: Judged): Judged {
  if (judged.status !== 'warn') return judged;
  const { warnIf: condition } = node.verdictRule;
  const place = { file: node.originalFilePath, range: node.range };
  const found = diagnostic('run.testFailed', { name: node.name, failures: judged.failures ?? 0, condition }, place);
  const message = judged.message?.replace('configured to warn', 'configured to fail');
  return { ...judged, status: 'fail', message, diagnostics: [found] };
}

/** A test fails when its severity is error and `error_if` holds; else it warns when `warn_if` holds. */
function judge(node: TestNode, failures: number, shouldWarn: boolean, shouldError: boolean): Judged {
  const { severity, errorIf, warnIf } = node.verdictRule;
  const got = `Got ${String(failures)} ${failures === 1 ? 'result' : 'results'}`;
  const place = { file: node.originalFilePath, range: node.range };
  if (severity === 'error' && shouldError) {
    const found = diagnostic('run.testFailed', { name: node.name, failures, condition: errorIf }, place);
    return { status: 'fail', failures, message: `${got}, configured to fail if ${errorIf}`, diagnostics: [found] };
  }
  if (shouldWarn) {
    const found = diagnostic('run.testWarned', { name: node.name, failures, condition: warnIf }, place);
    return { status: 'warn', failures, message: `${got}, configured to warn if ${warnIf}`, diagnostics: [found] };
  }
  return { status: 'pass', failures: 0, message: undefined, diagnostics: [] };
}
