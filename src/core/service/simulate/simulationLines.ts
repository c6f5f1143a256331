import { isUnbuilt } from '../../run/nodeResult.ts';
import type { SimulatedDay, Simulation, SourceAge, Trouble } from './simulation.ts';

/** What a day was like, in lines for people. */
export function dayLines(day: SimulatedDay, index: number, total: number): readonly string[] {
  const { arrivals, models, snapshots, freshness, troubles, passed, skipped } = day;
  const came = arrivals.filter(({ arrived }) => arrived > 0);
  const counts = [`${String(passed)} passed`, ...(skipped > 0 ? [`${String(skipped)} skipped`] : [])];
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [
      'arrived',
      came.length === 0 ? ['nothing'] : came.map((one) => `${one.table} +${String(one.arrived)} (${String(one.rows)})`),
    ],
    [
      'incremental',
      models.map((one) => {
        const removed = one.removed > 0 ? `, ${String(one.removed)} removed` : '';
        return `${one.model}: ${String(one.rows)} rows, ${String(one.added)} added, ${String(one.updated)} updated${removed}`;
      }),
    ],
    [
      'snapshots',
      snapshots.map(
        (one) =>
          `${one.snapshot}: ${String(one.rows)} versions, ${String(one.opened)} opened, ${String(one.closed)} closed`,
      ),
    ],
    ['freshness', freshness.map(ageText)],
    ['tests', [counts.join(', '), ...troubles.map(troubleText)]],
  ];
  return [
    `Day ${String(index)} of ${String(total)}: ${day.date}`,
    ...parts.flatMap(([name, texts]) => texts.map((text, i) => `  ${(i === 0 ? name : '').padEnd(12)}${text}`)),
  ];
}

function ageText({ source, status, age }: SourceAge): string {
  if (age === undefined) return `${source} ${status}`;
  const hours = age / 3600;
  const text = hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`;
  return `${source} ${status} (${text} old)`;
}

function troubleText({ node, status, failures, message }: Trouble): string {
  if (isUnbuilt(status)) return `ERROR ${node}: ${message ?? ''}`;
  return `${status.toUpperCase()} ${String(failures ?? 0)} ${node}`;
}

/** What all days came to, in a line. */
export function simulationSummary({ days, isGenerated }: Simulation): string {
  const rows = days.flatMap((day) => day.arrivals).reduce((sum, { arrived }) => sum + arrived, 0);
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  const failing = days.filter((day) => isTroubled(day)).length;
  const made = isGenerated ? ' that were generated for it' : '';
  return `Simulated ${String(days.length)} days from ${first} to ${last}: ${String(rows)} rows${made} arrived. Days with a failed test or an error: ${String(failing)}.`;
}

/** True for a day on which something failed; warnings do not count. */
export function isTroubled({ troubles }: SimulatedDay): boolean {
  return troubles.some(({ status }) => status !== 'warn');
}
