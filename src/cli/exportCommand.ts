import path from 'node:path';
import { isWarehouseType, warehouseTypes } from '../core/export/warehouse.ts';
import { dagFile, planDag, writeDag, type DagChoice } from '../core/service/exportDag.ts';
import { exportProject } from '../core/service/exportProject.ts';
import { counted } from './console/counted.ts';
import { printDiagnostics } from './console/printDiagnostics.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './options/usageError.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `modelyard export --target T DIR`: the project as dbt runs it on a warehouse. */
export function exportCommand(session: Session): Promise<number> {
  return withoutTarget(session, async ({ project, options }, name) => {
    const known = warehouseTypes.join(', ');
    if (name === undefined)
      throw new UsageError(`Missing option '--target': a target of profiles.yml, or one of ${known}.`);
    const warehouse = (await project.outputs()).get(name) ?? name;
    if (!isWarehouseType(warehouse)) {
      throw new UsageError(`'${name}' is neither a target for a warehouse in profiles.yml nor one of ${known}.`);
    }
    const folder = options.argument ?? '.';
    const request = { warehouse, targetName: name };
    const { value, diagnostics } = await exportProject(project, nodeFiles(path.resolve(folder)), request);
    printDiagnostics([...diagnostics, ...(value?.findings ?? [])]);
    if (value === undefined) return 1;
    console.log(
      `Exported ${counted(value.files.length, 'file')} for ${warehouse} to ${folder}: ${value.readme} says how it is run.`,
    );
    return 0;
  });
}

/** Works with the project on its own target: nothing connects to the one that is named, whose settings may need secrets. */
async function withoutTarget(
  session: Session,
  work: (session: Session, target: string | undefined) => Promise<number>,
): Promise<number> {
  const { options } = session;
  const given = new Map([...options.given].filter(([name]) => name !== 'target'));
  const own = await session.reopen(options.as(options.command, given, options.argument));
  try {
    return await work(own, options.value('target'));
  } finally {
    await own.project.close();
  }
}

/** `modelyard export airflow DIR`: the DAG that refreshes the project. */
export function exportDagCommand(session: Session): Promise<number> {
  return withoutTarget(session, async ({ project, options }, target) => {
    const folder = options.argument ?? '.';
    const choice = { schedule: options.value('schedule') ?? '@daily', target, tasks: taskForm(options.value('tasks')) };
    const { value, diagnostics } = await planDag(project, selectionOf(options), choice);
    printDiagnostics(diagnostics);
    if (value === undefined) return 1;
    await writeDag(nodeFiles(path.resolve(folder)), value);
    for (const { id, after } of value.tasks) {
      console.log(after.length === 0 ? id : `${id} after ${after.join(', ')}`);
    }
    console.log(`Wrote ${path.join(folder, dagFile)}.`);
    return 0;
  });
}

function taskForm(given: string | undefined): DagChoice['tasks'] {
  return given === 'nodes' || given === 'cosmos' ? given : 'commands';
}
