import * as vscode from 'vscode';
import { ownProfiles } from '../../core/project/readTarget.ts';
import type { ModelyardProject } from '../../core/service/modelyardProject.ts';
import { projectOutputs, projectProfiles } from '../../core/service/projectProfiles.ts';
import type { DbtProgram, DbtSearch, ProgramHost } from '../dbt/dbtProgram.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import type { OpenProject } from '../openProject.ts';

/** A dbt that was found, and how it is run. */
export interface UsableDbt extends ProgramHost {
  readonly program: DbtProgram;
}

const notHere =
  'dbt needs a folder on disk and a VS Code that can start programs: here Modelyard runs the models itself.';

/** The dbt to run for a project; undefined, and the user is told why, when there is none. */
export async function usableDbt(host: ExtensionHost, project: OpenProject): Promise<UsableDbt | undefined> {
  const search = await findDbt(host, project);
  if (search.kind === 'found' && host.dbt !== undefined) return { program: search.program, ...host.dbt };
  tellMissing(search.kind === 'missing' ? search.reason : notHere);
  return undefined;
}

/** Asks for an output of the project's profile; undefined when none was chosen, or there is none, which the user is told. */
export async function askTarget(project: OpenProject, title: string): Promise<string | undefined> {
  const outputs = await projectOutputs(project.service);
  if (outputs.size === 0) {
    void vscode.window.showErrorMessage(
      'There is no profiles.yml with a target for this project: "Modelyard: Export…" writes one for a warehouse.',
    );
    return undefined;
  }
  const target = await vscode.window.showQuickPick(
    [...outputs].map(([label, description]) => ({ label, description })),
    { title, placeHolder: 'The target of profiles.yml' },
  );
  return target?.label;
}

/** dbt's arguments for a target of the profiles.yml that the project is read with. */
export async function targetArguments(service: ModelyardProject, target: string): Promise<readonly string[]> {
  const profiles = await projectProfiles(service);
  return [...(profiles?.file === ownProfiles ? ['--profiles-dir', '.'] : []), '--target', target];
}

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
