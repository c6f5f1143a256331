import { kindTitle, type TriedKind } from '../core/quality/defects/defect.ts';
import { defectScore } from '../core/quality/defects/defectScore.ts';
import type { DefectReport } from '../core/quality/defects/tryDefects.ts';
import { counted } from './console/counted.ts';

/** What the tests caught of the planted defects, and what nothing caught. */
export function defectLines(report: DefectReport): readonly string[] {
  const { kinds, failedBefore } = report;
  const { caught, missed, percent } = defectScore(report);
  const planted = kinds.reduce((sum, one) => sum + one.planted.length, 0);
  const widest = Math.max(0, ...kinds.map(({ kind }) => kindTitle(kind).length));
  const line = ({ kind, planted: { length }, caughtBy }: TriedKind): string => {
    const what = `${kindTitle(kind).padEnd(widest)}  ${String(length).padStart(6)}`;
    return `  ${what}  ${caughtBy.length > 0 ? caughtBy.join(', ') : `(${kind.rule})`}`;
  };
  return [
    `Planted ${counted(planted, 'defect')} of ${counted(kinds.length, 'kind')}.`,
    ...(failedBefore.length === 0
      ? []
      : [`Failing before any defect, and counted where more rows fail with one: ${failedBefore.join(', ')}.`]),
    ...(caught.length === 0 ? [] : ['', 'Caught, and by what:', ...caught.map(line)]),
    ...(missed.length === 0 ? [] : ['', 'Caught by nothing, and what it breaks:', ...missed.map(line)]),
    '',
    `Score: ${String(caught.length)} of ${String(kinds.length)} kinds caught (${String(percent)} %).`,
  ];
}
