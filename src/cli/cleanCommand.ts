import path from 'node:path';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import type { CheckHost } from '../core/quality/checkData.ts';
import type { RepairedRecord } from '../core/quality/cleanedFile.ts';
import { repairs, type Repair } from '../core/quality/repair.ts';
import type { TableRepairs } from '../core/quality/tableRepairs.ts';
import { violationLine } from '../core/quality/violationLine.ts';
import {
  changedTables,
  planProjectCleaning,
  repairedRecords,
  writeCleaned,
  type CleaningPlan,
  type CleanTarget,
} from '../core/service/cleanProject.ts';
import { counted } from './console/counted.ts';
import { nodeFiles } from './nodeFiles.ts';
import { UsageError } from './options/usageError.ts';
import { printDiagnostics } from './console/printDiagnostics.ts';
import { ProgressLine } from './console/progressLine.ts';
import { removeTargets } from './removeTargets.ts';
import type { Session } from './session.ts';

/**
 * `modelyard clean`: shows what cleaning changes, and writes it where it is told to: `--out DIR` a copy of all data
 * files, `--yes` the data files themselves. Gives 1 when rules stay broken or nothing could be written.
 */
export async function cleanCommand(session: Session): Promise<number> {
  const { project, cancellation, options } = session;
  if (options.value('clean-project-files-only') !== undefined) return removeTargets(session);
  const choices = repairChoices(options.list('repair'));
  const line = new ProgressLine();
  try {
    const host: CheckHost = {
      progress: ({ step, done, total }) => line.show(step, done, total),
      cancellation: cancellation.token,
    };
    const { value: plan, diagnostics } = await planProjectCleaning(project, host, choices);
    line.clear();
    printDiagnostics(diagnostics);
    if (plan === undefined) return 2;
    refuseUnknown(choices, plan);
    printDiagnostics(plan.report.diagnostics);
    for (const repairs of plan.tables) for (const line of await tableDiff(session, repairs)) console.log(line);
    for (const line of explained(plan)) console.log(line);
    const target = targetOf(options.value('out'), options.has('yes'));
    const isWritten =
      target === undefined ? nothingWritten(plan) : await write(session, plan, target, options.value('out'));
    const isClean = plan.left.length === 0 && plan.tables.every((one) => one.obstacle === undefined);
    return isWritten && isClean && plan.report.diagnostics.length === 0 ? 0 : 1;
  } catch (error) {
    line.clear();
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: no file was changed.');
    return 1;
  }
}

function repairChoices(written: readonly string[]): ReadonlyMap<string, Repair> {
  return new Map(
    written.map((one): [string, Repair] => {
      const at = one.lastIndexOf('=');
      const repair = repairs.find((name) => name === one.slice(at + 1));
      if (at > 0 && repair !== undefined) return [one.slice(0, at), repair];
      throw new UsageError(`Invalid value for '--repair': ${one} is not RULE=${repairs.join('|')}.`);
    }),
  );
}

/** A choice that would have no effect is a mistake. */
function refuseUnknown(choices: ReadonlyMap<string, Repair>, { offers }: CleaningPlan): void {
  for (const [name, repair] of choices) {
    const offer = offers.find(({ rule }) => rule.name === name);
    if (offer === undefined) throw new UsageError(`'--repair ${name}': no row breaks a rule of that name.`);
    if (!offer.options.includes(repair))
      throw new UsageError(`'--repair ${name}=${repair}': that rule can have ${offer.options.join(', ')}.`);
  }
}

function targetOf(out: string | undefined, yes: boolean): CleanTarget | undefined {
  if (out !== undefined) return { kind: 'folder', files: nodeFiles(path.resolve(out)), overwrite: yes };
  return yes ? { kind: 'inPlace', overwrite: true } : undefined;
}

function nothingWritten(plan: CleaningPlan): boolean {
  if (changedTables(plan).length > 0)
    console.log('Nothing was written. --yes changes the data files; --out DIR writes cleaned copies there.');
  return true;
}

async function write(
  { project }: Session,
  plan: CleaningPlan,
  target: CleanTarget,
  out: string | undefined,
): Promise<boolean> {
  const { value, diagnostics } = await writeCleaned(project, plan, target);
  printDiagnostics(diagnostics);
  if (value === undefined) return false;
  const place = (file: string): string => (out === undefined ? file : path.join(out, file));
  for (const file of value.files) console.log(`Wrote ${place(file.path)}: ${counted(file.rows, 'row')}`);
  if (value.rejects !== undefined) console.log(`Wrote ${place(value.rejects)}: what was rejected, with the reasons`);
  if (value.files.length === 0) console.log('No file needed to be changed.');
  return true;
}

/** The records of one file that cleaning changes, as a diff shows them. */
async function tableDiff({ project }: Session, repairs: TableRepairs): Promise<readonly string[]> {
  const { table, obstacle } = repairs;
  if (obstacle !== undefined) return [`${table.file}: not cleaned: ${obstacle}`, ''];
  const records = repairs.records.size === 0 ? [] : ((await repairedRecords(project, repairs)) ?? []);
  const rejected = records.filter(({ repair }) => repair.action === 'rejected').length;
  const emptied = records.length - rejected;
  const form = repairs.changesForm ? ', written with commas, line feeds and no byte order mark' : '';
  const counts = [`${String(repairs.kept)} kept`, `${String(rejected)} rejected`];
  if (emptied > 0) counts.push(`${String(emptied)} with emptied values`);
  return [`${table.file}: ${counts.join(', ')}${form}`, ...records.flatMap(recordDiff), ''];
}

function recordDiff({ line, bytes, repair }: RepairedRecord): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  const sign = repair.action === 'rejected' ? '-' : '~';
  return [`${sign} ${String(line)}: ${text}`, ...repair.reasons.map((reason) => `      ${reason}`)];
}

/** How each broken rule is repaired, why so, and what else it could be; then what cannot be repaired. */
function explained({ offers, left }: CleaningPlan): readonly string[] {
  const lines = offers.map(({ rule, options, chosen, why }) => {
    const others = options.filter((one) => one !== chosen);
    const instead = others.length === 0 ? '' : ` Instead: --repair ${rule.name}=${others.join('|')}.`;
    const because = chosen === options[0] ? `: ${why}` : ', as asked';
    return `${rule.name}: ${chosen}${because}.${instead}`;
  });
  if (left.length > 0)
    lines.push('Still broken, because no row of a file could be found for it:', ...left.map(violationLine));
  return lines.length === 0 ? [] : [...lines, ''];
}
