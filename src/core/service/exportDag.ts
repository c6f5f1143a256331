import { dagIdOf, dagText, type DagRequest } from '../export/airflowDag.ts';
import { cosmosTasks } from '../export/cosmosTasks.ts';
import { commandTasks, nodeTasks, type DagTask } from '../export/dagTasks.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import type { ModelyardProject } from './modelyardProject.ts';
import { projectOutputs } from './projectProfiles.ts';
import { readSelection } from './readSelection.ts';

/** Where the DAG is written, from the folder that is exported to. */
export const dagFile = 'airflow_dag/dbt_dag.py';

/** What the user decides of a DAG; the rest is the project's. */
export type DagChoice = Pick<DagRequest, 'schedule' | 'target' | 'tasks'>;

/** The DAG of a project's selected nodes: its tasks, and its text. */
export interface PlannedDag {
  /** Airflow's name of it. */
  readonly dagId: string;
  /** Airflow's schedule, as it was asked for. */
  readonly schedule: string;
  readonly tasks: readonly DagTask[];
  readonly text: string;
}

/** Plans the DAG without writing it, so that it can be looked at. */
export async function planDag(
  project: ModelyardProject,
  selection: SelectionRequest,
  choice: DagChoice,
): Promise<Outcome<PlannedDag | undefined>> {
  const { value: read, diagnostics } = await readSelection(project, selection);
  if (read === undefined) return { value: undefined, diagnostics };
  const { manifest, selected } = read;
  const { config, target } = manifest.project;
  const type =
    choice.target === undefined ? target.type : ((await projectOutputs(project)).get(choice.target) ?? choice.target);
  const request: DagRequest = {
    ...choice,
    projectName: config.name,
    profileName: target.profileName,
    defaultTarget: target.name,
    select: selection.select.length === 0 ? undefined : selection.select.join(' '),
    isSingleFile: type === 'duckdb' || type === 'sqlite',
  };
  const tasks = tasksOf(manifest, selected, request);
  const { schedule } = request;
  return { value: { dagId: dagIdOf(request), schedule, tasks, text: dagText(request, tasks) }, diagnostics };
}

function tasksOf(manifest: Manifest, selected: ReadonlySet<UniqueId>, request: DagRequest): readonly DagTask[] {
  switch (request.tasks) {
    case 'commands':
      return commandTasks(request.select);
    case 'nodes':
      return nodeTasks(manifest, selected);
    case 'cosmos':
      return cosmosTasks(manifest, selected);
  }
}

/** Writes the DAG into a folder. */
export async function writeDag(folder: ProjectFiles, { text }: PlannedDag): Promise<void> {
  await folder.write(dagFile, text);
}
