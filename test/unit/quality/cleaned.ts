import assert from 'node:assert/strict';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { Repair } from '../../../src/core/quality/repair.ts';
import { planProjectCleaning, writeCleaned, type CleaningPlan } from '../../../src/core/service/cleanProject.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { testProject } from '../support/testProject.ts';

const host = { progress: () => undefined, cancellation: neverCancelled };

export interface Cleaned {
  readonly plan: CleaningPlan;
  /** The cleaned copies and rejects.csv, by their names. */
  readonly files: MemoryProjectFiles;
}

/** A project's files in, cleaned copies out. */
export async function cleaned(
  texts: Readonly<Record<string, string>>,
  choices: Readonly<Record<string, Repair>> = {},
): Promise<Cleaned> {
  const { project } = await testProject(texts);
  const { value: plan } = await planProjectCleaning(project, host, new Map(Object.entries(choices)));
  assert.ok(plan !== undefined);
  const files = new MemoryProjectFiles();
  const { diagnostics } = await writeCleaned(project, plan, { kind: 'folder', files, overwrite: false });
  assert.deepEqual(diagnostics, []);
  return { plan, files };
}

/** A plan for a project that stays open. */
export async function planned(texts: Readonly<Record<string, string>>): ReturnType<typeof openPlan> {
  return openPlan(await testProject(texts));
}

async function openPlan(
  open: Awaited<ReturnType<typeof testProject>>,
): Promise<typeof open & { readonly plan: CleaningPlan }> {
  const { value: plan } = await planProjectCleaning(open.project, host, new Map());
  assert.ok(plan !== undefined);
  return { ...open, plan };
}

/** `line action rules: reasons`, of the file of rejects. */
export function rejectsOf({ plan }: Cleaned): readonly string[] {
  return plan.tables.flatMap(({ table, records }) =>
    [...records].map(
      ([line, { action, columns, rules, reasons }]) =>
        `${table.name}:${String(line)} ${[action, ...columns].join(' ')} [${rules.join(' ')}]: ${reasons.join('; ')}`,
    ),
  );
}
