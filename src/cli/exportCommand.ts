import path from 'node:path';
import { warehouseTypes } from '../core/export/warehouse.ts';
import { dagFile, planDag, writeDag, type DagChoice } from '../core/service/exportDag.ts';
import { exportProject, exportRequest } from '../core/service/exportProject.ts';
import { counted } from './console/counted.ts';
import { printDiagnostics } from './console/printDiagnostics.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './options/usageError.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `modelyard export --target T DIR`: the project as dbt runs it on a warehouse. */
export async function exportCommand({ project, options }: Session): Promise<number> {
  const name = options.value('target');
  if (name === undefined) {
    throw new UsageError(
      `Missing option '--target': a target of profiles.yml, or one of ${warehouseTypes.join(', ')}.`,
    );
  }
  const folder = options.argument ?? '.';
  const request = await exportRequest(project, name);
  printDiagnostics(request.diagnostics);
  if (request.value === undefined) return 2;
  const { value, diagnostics } = await exportProject(project, nodeFiles(path.resolve(folder)), request.value);
  printDiagnostics([...diagnostics, ...(value?.findings ?? [])]);
  if (value === undefined) return 1;
  const { warehouse } = request.value;
  console.log(
    `Exported ${counted(value.files.length, 'file')} for ${warehouse} to ${folder}: ${value.readme} says how it is run.`,
  );
  return 0;
}

/** `modelyard export airflow DIR`: the DAG that refreshes the project. */
export async function exportDagCommand({ project, options }: Session): Promise<number> {
  const folder = options.argument ?? '.';
  const choice = {
    schedule: options.value('schedule') ?? '@daily',
    target: options.value('target'),
    tasks: taskForm(options.value('tasks')),
  };
  const { value, diagnostics } = await planDag(project, selectionOf(options), choice);
  printDiagnostics(diagnostics);
  if (value === undefined) return 1;
  await writeDag(nodeFiles(path.resolve(folder)), value);
  for (const { id, after } of value.tasks) {
    console.log(after.length === 0 ? id : `${id} after ${after.join(', ')}`);
  }
  console.log(`Wrote ${path.join(folder, dagFile)}.`);
  return 0;
}

function taskForm(given: string | undefined): DagChoice['tasks'] {
  return given === 'nodes' || given === 'cosmos' ? given : 'commands';
}
