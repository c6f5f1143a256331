import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import { defaultGeneration, generateData, type GeneratedData } from '../../core/service/generateData.ts';
import type { DataVerdict } from '../../core/service/judgeData.ts';
import type { CurrentWork } from '../currentWork.ts';
import type { Services } from './services.ts';
import { withRunProgress } from './withRunProgress.ts';

/** What may be given instead of being asked for. */
export interface GenerateAnswers {
  readonly rows?: number;
  readonly seed?: number | string;
}

/** "Generate Sample Data": asks for rows and a seed, and writes a CSV for every source. */
export async function generateSampleData(
  { workbench, problems }: Services,
  work: CurrentWork,
  answers: GenerateAnswers = {},
): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Modelyard writes nothing in a workspace that is not trusted.');
    return false;
  }
  const current = await workbench.current();
  if (current === undefined) {
    void vscode.window.showInformationMessage('There is no dbt project in this workspace to generate data for.');
    return false;
  }
  const rows = answers.rows ?? (await askForRows());
  if (rows === undefined) return false;
  const seed = answers.seed ?? (await askForSeed());
  if (seed === undefined) return false;
  const { project } = current;
  const source = work.begin();
  try {
    let percent = 0;
    const generated = await withRunProgress('Generating sample data', source, (long) =>
      generateData(project.service, {
        rows,
        seed,
        cancellation: long.cancellation,
        progress: ({ table, rowsWritten, rowsTotal }) => {
          const done = rowsTotal === 0 ? 0 : (100 * rowsWritten) / rowsTotal;
          long.say(table ?? 'Planning', done - percent);
          percent = done;
        },
        judge: true,
        judging: (name) => long.say(`Testing: ${name}`, 0),
      }),
    );
    const { verdict } = generated.value ?? {};
    const results = [...(verdict?.failed ?? []), ...(verdict?.notRun ?? [])];
    problems.showRun(project, [...generated.diagnostics, ...results.flatMap((result) => result.diagnostics)]);
    if (generated.value !== undefined) return tell(generated.value);
    const [first] = generated.diagnostics;
    void vscode.window.showErrorMessage(`No data was written: ${first?.message ?? 'the project has errors.'}`);
    return false;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    void vscode.window.showInformationMessage('Generating was cancelled. The data is as it was before.');
    return false;
  } finally {
    work.end(source);
  }
}

function tell({ tables, verdict }: GeneratedData): boolean {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0).toLocaleString('en');
  const names = tables.map((table) => table.name).join(', ');
  const wrote = `Wrote ${rows} rows: ${names}.`;
  if (verdict === undefined) inBackground(offerBuild(wrote));
  else if (verdict.failed.length + verdict.notRun.length === 0) {
    inBackground(offerBuild(`${wrote} ${allPass(verdict.passed)}`));
  } else inBackground(offerProblems(`${wrote} ${shortfall(verdict)}`));
  return true;
}

function allPass(tests: number): string {
  if (tests === 0) return 'The project has no tests.';
  return tests === 1 ? 'The one test passes.' : `All ${String(tests)} tests pass.`;
}

function shortfall({ passed, failed, notRun }: DataVerdict): string {
  const parts = [
    `${String(passed)} tests pass`,
    ...(failed.length === 0 ? [] : [`${String(failed.length)} fail`]),
    ...(notRun.length === 0 ? [] : [`${String(notRun.length)} nodes could not be run`]),
  ];
  return `${parts.join(', ')}.`;
}

async function offerBuild(message: string): Promise<void> {
  const build = 'Build';
  const answer = await vscode.window.showInformationMessage(message, build);
  if (answer === build) await vscode.commands.executeCommand('modelyard.build');
}

async function offerProblems(message: string): Promise<void> {
  const problems = 'Show Problems';
  const answer = await vscode.window.showWarningMessage(message, problems);
  if (answer === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function askForRows(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Generate Sample Data (1/2)',
    prompt: 'Rows in each table',
    value: String(defaultGeneration.rows),
    validateInput: (value) => (rowsIn(value) === undefined ? 'A whole number from 1 to 10,000,000' : undefined),
  });
  return text === undefined ? undefined : rowsIn(text);
}

function rowsIn(text: string): number | undefined {
  const number = Number(text.replace(/[,_ ]/g, ''));
  return Number.isInteger(number) && number >= 1 && number <= 10_000_000 ? number : undefined;
}

function askForSeed(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Generate Sample Data (2/2)',
    prompt: 'Seed: the same seed gives the same data',
    value: String(defaultGeneration.seed),
    validateInput: (value) => (value.trim() === '' ? 'Any number or word' : undefined),
  });
}
