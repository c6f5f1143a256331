import { compileUnitTest } from '../compile/compileNode.ts';
import type { CompiledNode } from '../compile/compiledNode.ts';
import { expectedSql } from '../compile/fixtureSql.ts';
import type { UnitTestNode } from '../compile/manifest.ts';
import { quoteForAdapter } from '../compile/relation.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { answering } from './answering.ts';
import { declaredTypes, withDeclaredTypes } from './declaredTypes.ts';
import { namedColumns } from './existingRelations.ts';
import { databaseError, translateQuery, type PreparedQuery } from './translateQuery.ts';
import type { RunContext } from './runContext.ts';
import type { TestVerdict } from './runTest.ts';
import { unitTestDiff } from './unitTestDiff.ts';

/** Column that tells the rows of the model from those that are expected. */
const sideColumn = 'actual_or_expected';

/**
 * Runs a model's query on a unit test's rows and compares what it gives with what is expected, in any order
 * (dbt-core: task/test.py, execute_unit_test; dbt-adapters: materializations/tests/unit.sql).
 */
export async function runUnitTest(context: RunContext, node: UnitTestNode): Promise<TestVerdict> {
  const { manifest, engine } = context;
  const types = await declaredTypes(context, node);
  const { value: compiled, diagnostics: found } = await answering(context, (environment) =>
    compileUnitTest(manifest, node, withDeclaredTypes(environment, types)),
  );
  const base = { compiledAt: context.clock.now(), failures: undefined };
  const errored = (diagnostics: readonly Diagnostic[], executedSql?: string): TestVerdict => ({
    ...base,
    status: 'error',
    message: diagnostics.find((one) => one.severity === 'error')?.message,
    compiledCode: undefined,
    executedSql,
    diagnostics: [...found, ...diagnostics],
  });
  if (compiled === undefined) return errored([]);
  const tested = translateQuery(context, compiled);
  if (tested.value === undefined) return errored(tested.diagnostics);
  let executedSql: string | undefined;
  try {
    const columns = await columnsOf(context, tested.value);
    const compared = comparison(context, node, compiled, columns);
    if ('fault' in compared) return errored([compared.fault]);
    const prepared = translateQuery(context, { code: compared.sql, locate: (range) => compiled.locate(range) });
    if (prepared.value === undefined) return errored(prepared.diagnostics);
    executedSql = prepared.value.sql;
    const { columns: names, rows } = await engine.query(executedSql);
    const types = prepared.value.columns ?? names.map((name): TypedColumn => ({ name, type: { kind: 'unknown' } }));
    const at = names.findIndex((name) => name.toLowerCase() === sideColumn);
    const side = (wanted: string): typeof rows =>
      rows.filter((row) => row[at] === wanted).map((row) => row.toSpliced(at, 1));
    const difference = unitTestDiff(types.toSpliced(at, 1), side('expected'), side('actual'));
    const done = { ...base, compiledCode: compiled.code, givenCode: compiled.given, executedSql };
    if (difference === undefined)
      return { ...done, status: 'pass', message: undefined, failures: 0, diagnostics: found };
    const place = { file: node.originalFilePath, range: node.range };
    const failed = diagnostic('run.unitTestFailed', { name: node.name, difference }, place);
    const message = `\n\nactual differs from expected:\n\n${difference}\n`;
    return { ...done, status: 'fail', message, failures: 1, diagnostics: [...found, failed] };
  } catch (error) {
    return errored([databaseError(error, compiled, manifest)], executedSql);
  }
}

/** The columns of the model's query; their types are not known when the query could not be followed so far. */
async function columnsOf({ engine }: RunContext, { sql, columns }: PreparedQuery): Promise<readonly TypedColumn[]> {
  if (columns !== undefined) return columns;
  const { columns: names } = await engine.query(`select * from (\n${sql}\n) limit 0`);
  return names.map((name) => ({ name, type: { kind: 'unknown' } }));
}

/** The query of all rows, those of the model and those that are expected (dbt-adapters: tests/helpers.sql). */
function comparison(
  { manifest }: RunContext,
  node: UnitTestNode,
  { code }: CompiledNode,
  columns: readonly TypedColumn[],
): { readonly sql: string } | { readonly fault: Diagnostic } {
  const { target } = manifest.project;
  const { rows } = node.expect;
  const [first] = typeof rows === 'string' ? [] : rows;
  const names = first === undefined ? columns.map(({ name }) => name) : [...first.keys()];
  const given = expectedQuery(rows, namedColumns(columns, target) ?? []);
  if ('unknownColumn' in given) {
    const known = columns.map(({ name }) => name.toLowerCase());
    const params = { name: given.unknownColumn, fixture: 'expected output', known };
    return { fault: diagnostic('compile.fixtureColumn', params, { file: node.originalFilePath, range: node.range }) };
  }
  const side = quoteForAdapter(sideColumn, target.type);
  const part = (kind: 'actual' | 'expected', query: string): string =>
    [
      `dbt_internal_unit_test_${kind} as (`,
      '  select',
      `    ${names.join(',')}, '${kind}' as ${side}`,
      '  from (',
      `    ${query}`,
      `  ) _dbt_internal_unit_test_${kind}`,
      ')',
    ].join('\n');
  const sql = [
    '-- Build actual result given inputs',
    `with ${part('actual', code)},`,
    '-- Build expected result',
    part('expected', given.sql),
    '-- Union actual and expected results',
    'select * from dbt_internal_unit_test_actual',
    'union all',
    'select * from dbt_internal_unit_test_expected',
  ].join('\n');
  return { sql };
}

function expectedQuery(
  rows: UnitTestNode['expect']['rows'],
  columns: Parameters<typeof expectedSql>[1],
): ReturnType<typeof expectedSql> {
  if (typeof rows === 'string') return { sql: rows };
  return rows.length === 0
    ? { sql: 'select * from dbt_internal_unit_test_actual\n    limit 0' }
    : expectedSql(rows, columns);
}
