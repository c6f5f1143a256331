import * as vscode from 'vscode';
import { isWarehouseType, warehouseTypes } from '../../core/export/warehouse.ts';
import { dagFile, planDag, writeDag, type DagChoice, type PlannedDag } from '../../core/service/exportDag.ts';
import { exportProject, exportRequest } from '../../core/service/exportProject.ts';
import { projectOutputs } from '../../core/service/projectProfiles.ts';
import { vscodeFiles } from '../vscodeFiles.ts';
import type { OpenProject } from '../openProject.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import { reasonOf } from './reasonOf.ts';
import type { Services } from './services.ts';

/** What may be given instead of being asked for. */
export interface ExportAnswers {
  /** A target of the profile, or a warehouse. */
  readonly target: string;
  readonly folder: vscode.Uri;
}

export interface DagAnswers extends Pick<DagChoice, 'tasks' | 'schedule'> {
  readonly folder: vscode.Uri;
}

/** What an export gives its caller. */
export interface ExportSummary {
  readonly outcome: 'exported' | 'refused' | 'cancelled';
  readonly files: number;
  /** Parts of the SQL that would not run there. */
  readonly findings: number;
}

const refused: ExportSummary = { outcome: 'refused', files: 0, findings: 0 };
const cancelled: ExportSummary = { outcome: 'cancelled', files: 0, findings: 0 };

/** "Export…": writes the project as dbt runs it on a warehouse. */
export async function exportCommand(services: Services, answers: ExportAnswers | undefined): Promise<ExportSummary> {
  const current = await openTrustedProject(services, 'export');
  if (current === undefined) return refused;
  const { project } = current;
  const chosen = answers ?? (await askExport(await projectOutputs(project.service)));
  if (chosen === undefined) return cancelled;
  const request = await exportRequest(project.service, chosen.target);
  if (request.value === undefined) {
    void vscode.window.showErrorMessage(reasonOf(request.diagnostics));
    return refused;
  }
  const exported = request.value;
  const { warehouse } = exported;
  const options = { location: vscode.ProgressLocation.Notification, title: `Exporting for ${warehouse}` };
  const { value, diagnostics } = await vscode.window.withProgress(options, () =>
    exportProject(project.service, vscodeFiles(chosen.folder), exported),
  );
  if (value === undefined) {
    void vscode.window.showErrorMessage(reasonOf(diagnostics));
    return refused;
  }
  const shown = value.findings.length > 0 ? 'PORTABILITY.md' : value.readme;
  await vscode.window.showTextDocument(vscode.Uri.joinPath(chosen.folder, shown), { preview: true });
  const count = value.findings.length;
  const found = count === 0 ? '' : ` ${String(count)} part${count === 1 ? '' : 's'} of the SQL would not run there.`;
  void vscode.window.showInformationMessage(`Exported ${String(value.files.length)} files for ${warehouse}.${found}`);
  return { outcome: 'exported', files: value.files.length, findings: count };
}

async function askExport(outputs: ReadonlyMap<string, string>): Promise<ExportAnswers | undefined> {
  const targets = [...outputs].filter(([, type]) => isWarehouseType(type));
  const others = warehouseTypes.filter((type) => !targets.some(([name]) => name === type));
  const items = [
    ...targets.map(([label, type]) => ({
      label,
      description: `${label === type ? '' : `${type}, `}a target of profiles.yml`,
    })),
    ...others.map((label) => ({ label, description: 'a new target' })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export',
    placeHolder: 'The warehouse to export to',
  });
  if (picked === undefined) return undefined;
  const folder = await askFolder('Export', 'Export Here');
  return folder === undefined ? undefined : { target: picked.label, folder };
}

async function askFolder(title: string, openLabel: string, defaultUri?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title,
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel,
    ...(defaultUri === undefined ? {} : { defaultUri }),
  });
  return picked?.[0];
}

/** "Export Airflow DAG": shows the tasks in the lineage view, and writes the DAG when that is agreed to. */
export async function exportDagCommand(services: Services, answers: DagAnswers | undefined): Promise<ExportSummary> {
  const current = await openTrustedProject(services, 'export');
  if (current === undefined) return refused;
  const { project } = current;
  const choice = answers ?? (await askDag());
  if (choice === undefined) return cancelled;
  const everything = { select: [], exclude: [] };
  const { value, diagnostics } = await planDag(project.service, everything, { ...choice, target: undefined });
  if (value === undefined) {
    void vscode.window.showErrorMessage(reasonOf(diagnostics));
    return refused;
  }
  const folder = answers?.folder ?? (await agreeOnFolder(services, value, project));
  if (folder === undefined) return cancelled;
  await writeDag(vscodeFiles(folder), value);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, dagFile), { preview: true });
  void vscode.window.showInformationMessage(`Wrote ${dagFile} with ${String(value.tasks.length)} tasks.`);
  return { outcome: 'exported', files: 1, findings: 0 };
}

async function askDag(): Promise<Pick<DagChoice, 'tasks' | 'schedule'> | undefined> {
  const forms: readonly (vscode.QuickPickItem & { readonly tasks: DagChoice['tasks'] })[] = [
    { label: 'dbt run, then dbt test', tasks: 'commands' },
    { label: 'A task for each model, snapshot and seed', description: 'with its tests', tasks: 'nodes' },
    { label: 'A task for each node, by astronomer-cosmos', tasks: 'cosmos' },
  ];
  const form = await vscode.window.showQuickPick(forms, { title: 'Export Airflow DAG' });
  if (form === undefined) return undefined;
  const prompt = "Airflow's schedule: a preset such as @daily or @hourly, or a cron expression.";
  const schedule = await vscode.window.showInputBox({ title: 'Export Airflow DAG', prompt, value: '@daily' });
  return schedule === undefined ? undefined : { tasks: form.tasks, schedule: schedule.trim() };
}

/** Shows the tasks as a graph, and asks where the DAG is to go. */
async function agreeOnFolder(
  services: Services,
  { dagId, schedule, tasks }: PlannedDag,
  project: OpenProject,
): Promise<vscode.Uri | undefined> {
  const shown = tasks.map(({ id, command, after }) => {
    const words = command.length === 0 ? 'holds the place of its node' : `dbt ${command.join(' ')}`;
    return { id, command: words, after };
  });
  const write = await services.lineage().lookAt({ state: 'dag', dagId, schedule, tasks: shown });
  if (!write) return undefined;
  return askFolder('Export Airflow DAG', 'Write DAG Here', vscode.Uri.joinPath(project.folder, '..'));
}
