import * as vscode from 'vscode';
import { majorOf, type DbtProgram } from '../dbt/dbtProgram.ts';
import { runDbtTask } from '../dbt/dbtTask.ts';
import { reasonInOutput } from '../dbt/reasonInOutput.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import type { OpenProject } from '../openProject.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { askTarget, targetArguments, usableDbt, type UsableDbt } from './usableDbt.ts';

/** What may be given instead of being asked for. */
export interface DbtAnswers {
  readonly command: DbtCommand;
  /** Name of an output of the profile. */
  readonly target: string;
  readonly select?: readonly string[];
}

/** What "Run with dbt" gives its caller. */
export interface DbtSummary {
  readonly outcome: 'ran' | 'missing' | 'noResults' | 'cancelled' | 'refused';
  readonly exitCode?: number;
  /** Why there are no results, in dbt's words, where it says so. */
  readonly reason?: string;
  /** Nodes by how they ended. */
  readonly endings?: Readonly<Record<string, number>>;
}

const dbtCommands = ['build', 'run', 'test', 'seed', 'snapshot'] as const;
type DbtCommand = (typeof dbtCommands)[number];

/** "Run with dbt…": runs real dbt on the warehouse, and shows how the nodes ended where Modelyard's own runs are shown. */
export async function runWithDbt(
  services: Services,
  host: ExtensionHost,
  answers: DbtAnswers | undefined,
): Promise<DbtSummary> {
  const current = await openTrustedProject(services, 'run');
  if (current === undefined) return { outcome: 'refused' };
  const { project } = current;
  const dbt = await usableDbt(host, project);
  if (dbt === undefined) return { outcome: 'missing' };
  const chosen = answers ?? (await ask(project));
  if (chosen === undefined) return { outcome: 'cancelled' };
  return runChosen(services, { project, dbt, chosen });
}

async function ask(project: OpenProject): Promise<DbtAnswers | undefined> {
  const target = await askTarget(project, 'Run with dbt');
  if (target === undefined) return undefined;
  const details: Readonly<Record<DbtCommand, string>> = {
    build: 'models, seeds, snapshots and tests',
    run: 'models',
    test: 'tests',
    seed: 'seeds',
    snapshot: 'snapshots',
  };
  const command = await vscode.window.showQuickPick(
    dbtCommands.map((label) => ({ label, description: details[label] })),
    { title: 'Run with dbt', placeHolder: `The command, on ${target}` },
  );
  return command === undefined ? undefined : { command: command.label, target };
}

interface ChosenRun {
  readonly project: OpenProject;
  readonly dbt: UsableDbt;
  readonly chosen: DbtAnswers;
}

async function runChosen(services: Services, { project, dbt, chosen }: ChosenRun): Promise<DbtSummary> {
  const { command, target, select = [] } = chosen;
  const { service } = project;
  const { project: read } = await service.read();
  const artifact = `${read?.config.targetPath ?? 'target'}/run_results.json`;
  const version = (): Promise<string | undefined> => service.host.files.version(artifact);
  const before = await version();
  const args = [
    command,
    ...(await targetArguments(service, target)),
    ...(select.length === 0 ? [] : ['--select', ...select]),
  ];
  const label = `dbt ${command} on ${target}`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `dbt ${dbt.program.version}: ${command} on ${target}`,
    cancellable: true,
  };
  const { exitCode, output } = await vscode.window.withProgress(options, (_progress, token) =>
    runDbtTask({ program: dbt.program.path, args, folder: project.folder, label }, dbt.run, token),
  );
  const hasResults = (await version()) !== before;
  const results = hasResults ? await service.takeResults() : [];
  if (exitCode !== undefined && (!hasResults || (exitCode !== 0 && results.length === 0))) {
    const reason = reasonInOutput(output);
    const why = reason ?? `it ended with ${String(exitCode)} before it wrote results.`;
    void vscode.window.showErrorMessage(`${label} failed: ${why} (Its terminal has all that it wrote.)`);
    return { outcome: 'noResults', exitCode, ...(reason !== undefined && { reason }) };
  }
  services.workbench.resultsTaken();
  const endings: Record<string, number> = {};
  for (const { status } of results) endings[status] = (endings[status] ?? 0) + 1;
  const counts = Object.entries(endings).map(([status, count]) => `${String(count)} ${status}`);
  if (exitCode === undefined) {
    const text = `${label} was cancelled. ${beforeThat(counts, dbt.program)}. What was on the warehouse is there.`;
    void vscode.window.showInformationMessage(text);
    return { outcome: 'cancelled', endings };
  }
  const text = `${label}: ${counts.join(', ')}.`;
  tellResults(text, exitCode === 0, target);
  return { outcome: 'ran', exitCode, endings };
}

function beforeThat(counts: readonly string[], { version }: DbtProgram): string {
  if (majorOf(version) > 1) return 'dbt 2 does not write down what had ended before that: its terminal says';
  return counts.length === 0 ? 'Nothing had ended' : `Before that: ${counts.join(', ')}`;
}

/** From the results one goes on to the rows: those on the warehouse, or those that are not the same offline. */
function tellResults(text: string, isGood: boolean, target: string): void {
  const next = { 'Show Rows…': 'modelyard.showWarehouseRows', 'Compare…': 'modelyard.compareWithWarehouse' } as const;
  const names = Object.keys(next) as (keyof typeof next)[];
  const told = isGood
    ? vscode.window.showInformationMessage(text, ...names)
    : vscode.window.showWarningMessage(text, ...names);
  void told.then((name) => {
    if (name !== undefined) void vscode.commands.executeCommand(next[name], { target });
  });
}
