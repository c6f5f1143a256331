import { Cancelled } from '../core/diagnostics/cancellation.ts';
import type { CheckReport } from '../core/quality/checkData.ts';
import { violationsCsv, violationsJson } from '../core/quality/violationFormats.ts';
import { violationLine } from '../core/quality/violationLine.ts';
import { checkProject } from '../core/service/checkProject.ts';
import { counted } from './console/counted.ts';
import { UsageError } from './options/usageError.ts';
import { printAsideDiagnostics } from './console/printDiagnostics.ts';
import { ProgressLine } from './console/progressLine.ts';
import type { Session } from './session.ts';

const formats = ['text', 'json', 'csv'] as const;
type CheckFormat = (typeof formats)[number];

/** `modelyard check`: every row that breaks a rule. Gives 1 when one does or a rule could not be checked. */
export async function checkCommand({ project, cancellation, options }: Session): Promise<number> {
  const format = checkFormat(options.value('format') ?? 'text');
  const line = new ProgressLine();
  try {
    const { value: report, diagnostics } = await checkProject(project, {
      progress: ({ step, done, total }) => line.show(step, done, total),
      cancellation: cancellation.token,
    });
    line.clear();
    // What is wrong with the project itself may leave tests out.
    printAsideDiagnostics(diagnostics);
    if (report === undefined) return 2;
    printAsideDiagnostics(report.diagnostics);
    print(report, format);
    const isBroken = report.violations.some(({ rule }) => rule.severity === 'error');
    return isBroken || report.diagnostics.length > 0 ? 1 : 0;
  } catch (error) {
    line.clear();
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled.');
    return 1;
  }
}

function checkFormat(written: string): CheckFormat {
  const found = formats.find((one) => one === written);
  if (found === undefined)
    throw new UsageError(`Invalid value for '--format': ${written} is none of ${formats.join(', ')}.`);
  return found;
}

function print(report: CheckReport, format: CheckFormat): void {
  switch (format) {
    case 'json':
      console.log(violationsJson(report.violations));
      break;
    case 'csv':
      console.log(violationsCsv(report.violations));
      break;
    case 'text':
      for (const one of report.violations) console.log(violationLine(one));
      if (report.violations.length > 0) console.log('');
      for (const line of summary(report)) console.log(line);
  }
}

function summary({ tables, testsRun, violations, unchecked }: CheckReport): readonly string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const broken = new Set(violations.map(({ file, line }) => `${file}:${String(line)}`)).size;
  const rules = new Set(violations.map(({ rule }) => rule.name)).size;
  const found =
    violations.length === 0
      ? 'no rule is broken'
      : `${counted(broken, 'row')} ${broken === 1 ? 'breaks' : 'break'} ${counted(rules, 'rule')}`;
  const lines = [
    `Checked ${counted(rows, 'row')} in ${counted(tables.length, 'file')} by ${counted(testsRun, 'test')}: ${found}.`,
  ];
  const ofModels = unchecked.filter(({ obstacle }) => obstacle.kind === 'readsModel').length;
  if (ofModels > 0)
    lines.push(`${counted(ofModels, 'test')} of models ${ofModels === 1 ? 'is' : 'are'} left to 'modelyard build'.`);
  for (const [reason, names] of byReason(unchecked)) lines.push(`Not checked, because ${reason}: ${names.join(', ')}.`);
  return lines;
}

function byReason(unchecked: CheckReport['unchecked']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { test, obstacle } of unchecked) {
    if (obstacle.kind === 'withoutData') found.set(obstacle.reason, [...(found.get(obstacle.reason) ?? []), test.name]);
  }
  return found;
}
