import * as vscode from 'vscode';
import { ownProfiles } from '../../core/project/readTarget.ts';
import { projectOutputs, projectProfiles } from '../../core/service/projectProfiles.ts';
import type { DbtProgram, DbtSearch, RunProgram } from '../dbt/dbtProgram.ts';
import { runDbtTask } from '../dbt/dbtTask.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import type { OpenProject } from '../openProject.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';

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
  /** Nodes by how they ended. */
  readonly endings?: Readonly<Record<string, number>>;
}

const commands = ['build', 'run', 'test', 'seed', 'snapshot'] as const;
type DbtCommand = (typeof commands)[number];

/** "Run with dbt…": runs real dbt on the warehouse, and shows how the nodes ended where Modelyard's own runs are shown. */
export async function runWithDbt(
  services: Services,
  host: ExtensionHost,
  answers: DbtAnswers | undefined,
): Promise<DbtSummary> {
  const current = await openTrustedProject(services, 'run');
  if (current === undefined) return { outcome: 'refused' };
  const { project } = current;
  const search = await findDbt(host, project);
  if (search.kind === 'missing' || host.dbt === undefined) {
    tellMissing(search.kind === 'missing' ? search.reason : notHere);
    return { outcome: 'missing' };
  }
  const chosen = answers ?? (await ask(project));
  if (chosen === undefined) return { outcome: 'cancelled' };
  return runChosen(services, { project, program: search.program, run: host.dbt.run, chosen });
}

const notHere = 'dbt is run on the desktop, in a folder on disk: here Modelyard runs the models itself.';

async function findDbt({ dbt }: ExtensionHost, project: OpenProject): Promise<DbtSearch> {
  if (dbt === undefined || project.folder.scheme !== 'file') return { kind: 'missing', reason: notHere };
  const setting = vscode.workspace.getConfiguration('modelyard', project.folder).get<string>('dbtPath', '');
  return dbt.find({ setting, python: await chosenPython(project.folder), folder: project.folder.fsPath });
}

/** The interpreter that the Python extension has for the folder, where there is one. */
async function chosenPython(folder: vscode.Uri): Promise<string | undefined> {
  interface PythonApi {
    readonly environments?: { getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path?: string } };
  }
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  if (extension === undefined) return undefined;
  const api = extension.isActive ? extension.exports : await extension.activate();
  return api.environments?.getActiveEnvironmentPath(folder).path;
}

function tellMissing(reason: string): void {
  const settings = 'Open Settings';
  const shown = vscode.window.showErrorMessage(reason, settings);
  void shown.then((answer) => {
    if (answer === settings) void vscode.commands.executeCommand('workbench.action.openSettings', 'modelyard.dbtPath');
  });
}

async function ask(project: OpenProject): Promise<DbtAnswers | undefined> {
  const outputs = await projectOutputs(project.service);
  if (outputs.size === 0) {
    void vscode.window.showErrorMessage(
      'There is no profiles.yml with a target for this project: "Modelyard: Export…" writes one for a warehouse.',
    );
    return undefined;
  }
  const target = await vscode.window.showQuickPick(
    [...outputs].map(([label, description]) => ({ label, description })),
    { title: 'Run with dbt', placeHolder: 'The target of profiles.yml' },
  );
  if (target === undefined) return undefined;
  const details: Readonly<Record<DbtCommand, string>> = {
    build: 'models, seeds, snapshots and tests',
    run: 'models',
    test: 'tests',
    seed: 'seeds',
    snapshot: 'snapshots',
  };
  const command = await vscode.window.showQuickPick(
    commands.map((label) => ({ label, description: details[label] })),
    { title: 'Run with dbt', placeHolder: `The command, on ${target.label}` },
  );
  return command === undefined ? undefined : { command: command.label, target: target.label };
}

interface ChosenRun {
  readonly project: OpenProject;
  readonly program: DbtProgram;
  readonly run: RunProgram;
  readonly chosen: DbtAnswers;
}

async function runChosen(services: Services, { project, program, run, chosen }: ChosenRun): Promise<DbtSummary> {
  const { command, target, select = [] } = chosen;
  const { service } = project;
  const { project: read } = await service.read();
  const artifact = `${read?.config.targetPath ?? 'target'}/run_results.json`;
  const version = (): Promise<string | undefined> => service.host.files.version(artifact);
  const [before, profiles] = [await version(), await projectProfiles(service)];
  const args = [
    command,
    ...(profiles?.file === ownProfiles ? ['--profiles-dir', '.'] : []),
    '--target',
    target,
    ...(select.length === 0 ? [] : ['--select', ...select]),
  ];
  const label = `dbt ${command} on ${target}`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `dbt ${program.version}: ${command} on ${target}`,
    cancellable: true,
  };
  const exitCode = await vscode.window.withProgress(options, (_progress, token) =>
    runDbtTask({ program: program.path, args, folder: project.folder, label }, run, token),
  );
  if (exitCode === undefined) {
    void vscode.window.showInformationMessage(`${label} was cancelled. What it had built on the warehouse is there.`);
    return { outcome: 'cancelled' };
  }
  if ((await version()) === before) {
    const why = `${label} ended with ${String(exitCode)} before it wrote results: its terminal says why.`;
    void vscode.window.showErrorMessage(why);
    return { outcome: 'noResults', exitCode };
  }
  const results = await service.takeResults();
  const endings: Record<string, number> = {};
  for (const { status } of results) endings[status] = (endings[status] ?? 0) + 1;
  services.workbench.resultsTaken();
  const counts = Object.entries(endings).map(([status, count]) => `${String(count)} ${status}`);
  const text = `${label}: ${counts.join(', ')}.`;
  void (exitCode === 0 ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
  return { outcome: 'ran', exitCode, endings };
}
