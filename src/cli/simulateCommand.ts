import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { simulateDays } from '../core/service/simulate/simulateDays.ts';
import type { SimulationEvent } from '../core/service/simulate/simulation.ts';
import { dayLines, isTroubled, simulationSummary } from '../core/service/simulate/simulationLines.ts';
import { printAsideDiagnostics } from './console/printDiagnostics.ts';
import { ProgressLine } from './console/progressLine.ts';
import { UsageError } from './options/usageError.ts';
import type { Options } from './options/resolveOptions.ts';
import type { Session } from './session.ts';

/** As many days as are simulated when nobody says how many. */
const usualDays = 30;

/** `modelyard simulate`: data arrives a day at a time, and each day is built. Gives 1 when something failed on a day. */
export async function simulateCommand({ project, cancellation, options }: Session): Promise<number> {
  const asJson = formatOf(options) === 'json';
  const line = new ProgressLine();
  const onEvent = (event: SimulationEvent): void => {
    switch (event.kind) {
      case 'preparing':
        line.show(event.step, 0, 1);
        break;
      case 'building':
        line.show(`${event.date}: ${event.node}`, event.index - 1, event.total);
        break;
      case 'day':
        line.clear();
        if (!asJson && !options.has('quiet'))
          for (const text of dayLines(event.day, event.index, event.total)) console.log(text);
    }
  };
  try {
    const request = { days: daysOf(options), from: fromOf(options), cancellation: cancellation.token, onEvent };
    const { value, diagnostics } = await simulateDays(project, request);
    line.clear();
    printAsideDiagnostics(diagnostics);
    if (value === undefined) return 2;
    console.log(asJson ? JSON.stringify(value) : simulationSummary(value));
    return value.days.some(isTroubled) ? 1 : 0;
  } catch (error) {
    line.clear();
    if (!(error instanceof Cancelled)) throw error;
    console.error('Cancelled: the data, the tables and the artifacts of the project are unchanged.');
    return 1;
  }
}

function daysOf(options: Options): number {
  const days = Number(options.value('days') ?? usualDays);
  if (days >= 1) return days;
  throw new UsageError(`Invalid value for '--days': ${String(days)} is not one or more.`);
}

function fromOf(options: Options): string | undefined {
  const text = options.value('from');
  if (text === undefined || isDay(text)) return text;
  throw new UsageError(`Invalid value for '--from': ${text} is not a date such as 2024-01-31.`);
}

/** True for a day that the calendar has: a thirtieth of February would be taken for one of March. */
function isDay(text: string): boolean {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

function formatOf(options: Options): 'text' | 'json' {
  const format = options.value('format') ?? 'text';
  if (format === 'text' || format === 'json') return format;
  throw new UsageError(`Invalid value for '--format': ${format} is none of text, json.`);
}
