import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import { defaultGeneration, generateData, type GeneratedData } from '../../core/service/generateData.ts';
import type { DataVerdict } from '../../core/service/judgeData.ts';
import type { CurrentWork } from '../currentWork.ts';
import type { OpenProject } from '../openProject.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { withRunProgress } from './withRunProgress.ts';

/** What may be given instead of being asked for. */
export interface GenerateAnswers {
  readonly rows?: number;
  readonly seed?: number | string;
  /** Rows that Modelyard did not make may be replaced. */
  readonly replace?: boolean;
}

/** "Generate Sample Data": asks for rows and a seed, and writes a CSV for every source. */
export async function generateSampleData(
  services: Services,
  work: CurrentWork,
  answers: GenerateAnswers = {},
): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Modelyard writes nothing in a workspace that is not trusted.');
    return false;
  }
  const current = await services.workbench.current();
  if (current === undefined) {
    void vscode.window.showInformationMessage('There is no dbt project in this workspace to generate data for.');
    return false;
  }
  const title = 'Generate Sample Data';
  const rows = answers.rows ?? (await askForRows(`${title} (1/2)`, 'Rows in each table'));
  if (rows === undefined) return false;
  const seed = answers.seed ?? (await askForSeed(`${title} (2/2)`));
  if (seed === undefined) return false;
  const { project } = current;
  const files = [...(current.read.manifest?.nodes.values() ?? [])].flatMap((node) =>
    node.resourceType === 'source' && node.dataFile !== undefined ? [node.dataFile] : [],
  );
  const foreign = await services.made.foreign(project, files);
  if (foreign.length > 0 && answers.replace !== true && !(await mayReplace(foreign))) return false;
  const written = await writeRows(services, work, project, { rows, seed, title: 'Generating sample data' });
  await services.made.made(project, written ?? []);
  return written !== undefined;
}

export interface RowsRequest {
  readonly rows: number;
  readonly seed: number | string;
  /** Of the notification that shows the progress. */
  readonly title: string;
  /** The rows that are there stay, and new ones come behind them. */
  readonly extend?: boolean;
}

/** Writes rows of every table, and tells the user how it went. Gives the files, or undefined when none was written. */
export async function writeRows(
  { problems, quality, workbench }: Services,
  work: CurrentWork,
  project: OpenProject,
  { rows, seed, title, extend = false }: RowsRequest,
): Promise<readonly string[] | undefined> {
  const source = work.begin();
  try {
    let percent = 0;
    const generated = await withRunProgress(title, source, (long) =>
      generateData(project.service, {
        rows,
        seed,
        extend,
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
    // Faults of hints are shown, at the hint, as soon as the project is read.
    const said = new Set(workbench.hintFaults.map(({ file, message }) => `${file} ${message}`));
    const found = generated.diagnostics.filter(({ file, message }) => !said.has(`${file} ${message}`));
    problems.showRun(project, [...found, ...results.flatMap((result) => result.diagnostics)]);
    await quality.lookAgain();
    if (generated.value !== undefined) {
      tell(generated.value);
      return generated.value.tables.map(({ path }) => path);
    }
    const [first] = generated.diagnostics;
    if (first?.code === 'data.notClean') inBackground(offerCleaning(first.message));
    else void vscode.window.showErrorMessage(`No data was written: ${reasonOf(generated.diagnostics)}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    void vscode.window.showInformationMessage('Generating was cancelled. The data is as it was before.');
    return undefined;
  } finally {
    work.end(source);
  }
}

async function mayReplace(files: readonly string[]): Promise<boolean> {
  const replace = 'Replace';
  const [first = ''] = files;
  const which = files.length === 1 ? `${first} holds` : `${String(files.length)} data files hold`;
  const answer = await vscode.window.showWarningMessage(
    `${which} rows that Modelyard did not make. Replace them?`,
    { modal: true, detail: `${files.join('\n')}\n\nTo keep the rows and put new ones behind them, use Extend Data.` },
    replace,
  );
  return answer === replace;
}

async function offerCleaning(message: string): Promise<void> {
  const clean = 'Clean Data';
  const answer = await vscode.window.showErrorMessage(`No data was written: ${message}`, clean);
  if (answer === clean) await vscode.commands.executeCommand('modelyard.cleanData');
}

function tell({ tables, verdict }: GeneratedData): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0).toLocaleString('en');
  const names = tables.map((table) => table.name).join(', ');
  const wrote = `Wrote ${rows} rows: ${names}.`;
  if (verdict === undefined) inBackground(offerBuild(wrote));
  else if (verdict.failed.length + verdict.notRun.length === 0) {
    inBackground(offerBuild(`${wrote} ${allPass(verdict.passed)}`));
  } else inBackground(offerProblems(`${wrote} ${shortfall(verdict)}`));
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

/** Asks for a number of rows; undefined when the user goes away. */
export async function askForRows(title: string, prompt: string): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value: String(defaultGeneration.rows),
    validateInput: (value) => (rowsIn(value) === undefined ? 'A whole number from 1 to 10,000,000' : undefined),
  });
  return text === undefined ? undefined : rowsIn(text);
}

function rowsIn(text: string): number | undefined {
  const number = Number(text.replace(/[,_ ]/g, ''));
  return Number.isInteger(number) && number >= 1 && number <= 10_000_000 ? number : undefined;
}

function askForSeed(title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: 'Seed: the same seed gives the same data',
    value: String(defaultGeneration.seed),
    validateInput: (value) => (value.trim() === '' ? 'Any number or word' : undefined),
  });
}
