import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import type { CheckProgress } from '../../core/quality/checkData.ts';
import { violationsCsv, violationsJson } from '../../core/quality/violationFormats.ts';
import { checkProject } from '../../core/service/checkProject.ts';
import type { CurrentWork } from '../currentWork.ts';
import { brokenCounts, counted, scopeWords, verdictWords } from '../quality/qualityWords.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { withRunProgress, type LongWork } from './withRunProgress.ts';

/** What "Check Data" gives its caller (a test, another extension). */
export interface CheckSummary {
  /** `refused`: there is no project that can be checked; Problems says why. */
  readonly outcome: 'checked' | 'refused' | 'cancelled';
  readonly rows: number;
  readonly rules: number;
}

/** "Check Data": finds every row that breaks a rule, for the "Data Quality" view and Problems. */
export async function checkData(services: Services, work: CurrentWork): Promise<CheckSummary> {
  const { quality, qualityView } = services;
  const nothing = { rows: 0, rules: 0 };
  const current = await openTrustedProject(services, 'check');
  if (current === undefined) return { outcome: 'refused', ...nothing };
  const { project } = current;
  await qualityView.reveal();
  const source = work.begin();
  try {
    const { value: report, diagnostics } = await withRunProgress('Checking the data', source, (long) =>
      checkProject(project.service, { cancellation: long.cancellation, progress: stepsOf(long) }),
    );
    if (report === undefined) {
      inBackground(offerProblems(`The data was not checked: ${reasonOf(diagnostics)}`));
      return { outcome: 'refused', ...nothing };
    }
    await quality.checked(project, report);
    const verdict = verdictWords(report);
    void vscode.window.showInformationMessage(`Checked ${scopeWords(report)}: ${verdict}.`);
    return { outcome: 'checked', ...brokenCounts(report.violations) };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    void vscode.window.showInformationMessage('Checking was cancelled. What was found before still stands.');
    return { outcome: 'cancelled', ...nothing };
  } finally {
    work.end(source);
  }
}

/** Tells a progress notification of steps that come in several rounds: it goes forward only. */
export function stepsOf(long: LongWork): (progress: CheckProgress) => void {
  let percent = 0;
  return ({ step, done, total }) => {
    const reached = total === 0 ? 0 : (100 * done) / total;
    long.say(step, Math.max(0, reached - percent));
    percent = Math.max(percent, reached);
  };
}

/** Puts the violations that are shown into the clipboard, as JSON. */
export async function copyViolations({ quality }: Services): Promise<void> {
  const violations = quality.state?.check?.report.violations ?? [];
  await vscode.env.clipboard.writeText(violationsJson(violations));
  void vscode.window.showInformationMessage(`Copied ${counted(violations.length, 'reason')} as JSON.`);
}

/** Saves the violations that are shown where the user says, in the format that the file's name tells. */
export async function saveViolations({ quality }: Services, target?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const { state } = quality;
  if (state?.check === undefined) return undefined;
  const { violations } = state.check.report;
  const uri =
    target ??
    (await vscode.window.showSaveDialog({
      title: 'Save What Was Found',
      defaultUri: vscode.Uri.joinPath(state.project.folder, 'violations.csv'),
      filters: { CSV: ['csv'], JSON: ['json'] },
    }));
  if (uri === undefined) return undefined;
  const text = uri.path.endsWith('.json') ? `${violationsJson(violations)}\n` : violationsCsv(violations);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function offerProblems(message: string): Promise<void> {
  const show = 'Show Problems';
  if ((await vscode.window.showErrorMessage(message, show)) === show)
    await vscode.commands.executeCommand('workbench.actions.view.problems');
}
