import * as vscode from 'vscode';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import { defectScore } from '../../core/quality/defects/defectScore.ts';
import { defaultGeneration } from '../../core/service/generateData.ts';
import { defaultDefectRate, tryProjectDefects } from '../../core/service/tryProjectDefects.ts';
import type { CurrentWork } from '../currentWork.ts';
import { counted } from '../quality/qualityWords.ts';
import { stepsOf } from './checkDataFeature.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { withRunProgress } from './withRunProgress.ts';

/** What may be given instead of being asked for. */
export interface DefectAnswers {
  /** Share of the rows that gets each kind of defect, above 0 and up to 1. */
  readonly rate: number;
}

/** What "Try Defects" gives its caller: how many kinds the tests caught, of how many. */
export interface DefectSummary {
  readonly outcome: 'tried' | 'refused' | 'cancelled';
  readonly caught: number;
  readonly kinds: number;
}

/** "Try Defects": spoils copies of the rows, and shows in "Data Quality" which kinds of defects the tests catch. */
export async function tryDefects(
  services: Services,
  work: CurrentWork,
  answers: DefectAnswers | undefined,
): Promise<DefectSummary> {
  const current = await openTrustedProject(services, 'spoil');
  if (current === undefined) return { outcome: 'refused', caught: 0, kinds: 0 };
  const rate = answers?.rate ?? (await askForRate());
  if (rate === undefined) return { outcome: 'cancelled', caught: 0, kinds: 0 };
  const { project } = current;
  const source = work.begin();
  try {
    const options = { rate, seed: String(defaultGeneration.seed) };
    const { value: report, diagnostics } = await withRunProgress('Trying defects', source, (long) =>
      tryProjectDefects(project.service, options, { cancellation: long.cancellation, progress: stepsOf(long) }),
    );
    if (report === undefined) {
      void vscode.window.showErrorMessage(`No defect was tried: ${reasonOf(diagnostics)}`);
      return { outcome: 'refused', caught: 0, kinds: 0 };
    }
    await services.quality.tried(project, report);
    await services.qualityView.revealDefects();
    const { caught, percent } = defectScore(report);
    const kinds = report.kinds.length;
    void vscode.window.showInformationMessage(
      `The tests catch ${String(caught.length)} of ${counted(kinds, 'kind')} of defects (${String(percent)} %). The data files are as they were.`,
    );
    return { outcome: 'tried', caught: caught.length, kinds };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    void vscode.window.showInformationMessage('Trying defects was cancelled. The data files are as they were.');
    return { outcome: 'cancelled', caught: 0, kinds: 0 };
  } finally {
    work.end(source);
  }
}

async function askForRate(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Try Defects',
    prompt: 'Percent of the rows that each kind of defect is planted in. Only copies of the rows are spoiled.',
    value: String(100 * defaultDefectRate),
    validateInput: (value) => (rateIn(value) === undefined ? 'A number above 0 and up to 100' : undefined),
  });
  return text === undefined ? undefined : rateIn(text);
}

function rateIn(text: string): number | undefined {
  const percent = Number(text.replace('%', '').replace(',', '.').trim() || Number.NaN);
  return percent > 0 && percent <= 100 ? percent / 100 : undefined;
}
