import type { DefectReport } from './tryDefects.ts';
import type { TriedKind } from './defect.ts';

/** How many of the kinds of defects the tests caught. */
export interface DefectScore {
  readonly caught: readonly TriedKind[];
  readonly missed: readonly TriedKind[];
  /** Whole percent; 100 when nothing was planted. */
  readonly percent: number;
}

/** The mutation score of a project's tests: the share of the kinds of defects that a test noticed. */
export function defectScore({ kinds }: Pick<DefectReport, 'kinds'>): DefectScore {
  const caught = kinds.filter(({ caughtBy }) => caughtBy.length > 0);
  const missed = kinds.filter(({ caughtBy }) => caughtBy.length === 0);
  const percent = kinds.length === 0 ? 100 : Math.floor((100 * caught.length) / kinds.length);
  return { caught, missed, percent };
}
