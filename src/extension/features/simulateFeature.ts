import * as vscode from 'vscode';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import { simulateDays } from '../../core/service/simulate/simulateDays.ts';
import type { Simulation, SimulationEvent } from '../../core/service/simulate/simulation.ts';
import { dayLines, isTroubled, simulationSummary } from '../../core/service/simulate/simulationLines.ts';
import type { CurrentWork } from '../currentWork.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { withRunProgress, type LongWork } from './withRunProgress.ts';

/** What may be given instead of being asked for. */
export interface SimulateAnswers {
  readonly days: number;
  /** The first day, `2024-01-31`; that of the first arrival when undefined. */
  readonly from?: string;
}

/** What "Simulate Days" gives its caller. */
export interface SimulateSummary {
  readonly outcome: 'simulated' | 'refused' | 'cancelled';
  readonly days: number;
  /** Days on which a test failed or a node had an error. */
  readonly troubled: number;
}

const usualDays = '30';

/** "Simulate Days…": lets the data arrive a day at a time, builds each day, and shows in a document what each was like. */
export async function simulateDaysCommand(
  services: Services,
  work: CurrentWork,
  answers: SimulateAnswers | undefined,
): Promise<SimulateSummary> {
  const current = await openTrustedProject(services, 'simulate');
  if (current === undefined) return { outcome: 'refused', days: 0, troubled: 0 };
  const chosen = answers ?? (await ask());
  if (chosen === undefined) return { outcome: 'cancelled', days: 0, troubled: 0 };
  const source = work.begin();
  try {
    const { value, diagnostics } = await withRunProgress('Simulating days', source, (long) =>
      simulateDays(current.project.service, {
        days: chosen.days,
        from: chosen.from,
        cancellation: long.cancellation,
        onEvent: (event) => say(event, long),
      }),
    );
    if (value === undefined) {
      void vscode.window.showErrorMessage(`No day was simulated: ${reasonOf(diagnostics)}`);
      return { outcome: 'refused', days: 0, troubled: 0 };
    }
    await show(value);
    return { outcome: 'simulated', days: value.days.length, troubled: value.days.filter(isTroubled).length };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    void vscode.window.showInformationMessage(
      'The simulation was cancelled. The data, the tables and the artifacts are as they were.',
    );
    return { outcome: 'cancelled', days: 0, troubled: 0 };
  } finally {
    work.end(source);
  }
}

function say(event: SimulationEvent, long: LongWork): void {
  switch (event.kind) {
    case 'preparing':
      long.say(event.step);
      break;
    case 'building':
      long.say(`${event.date}: ${event.node}`);
      break;
    case 'day':
      long.say(event.day.date, 100 / event.total);
  }
}

async function show(simulation: Simulation): Promise<void> {
  const { days } = simulation;
  const lines = days.flatMap((day, i) => [...dayLines(day, i + 1, days.length), '']);
  const content = [simulationSummary(simulation), '', ...lines].join('\n');
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true });
}

async function ask(): Promise<SimulateAnswers | undefined> {
  const days = await vscode.window.showInputBox({
    title: 'Simulate Days',
    prompt:
      'How many days: the data arrives a day at a time, and the project is built at the end of each, in a database apart.',
    value: usualDays,
    validateInput: (text) => (/^[1-9]\d{0,3}$/.test(text.trim()) ? undefined : 'A whole number from 1 to 9999'),
  });
  if (days === undefined) return undefined;
  const from = await vscode.window.showInputBox({
    title: 'Simulate Days',
    prompt: 'The first day, such as 2024-01-31; empty for the day on which the first row arrives.',
    validateInput: (text) => (isDay(text.trim()) ? undefined : 'A date such as 2024-01-31, or nothing'),
  });
  if (from === undefined) return undefined;
  return { days: Number(days), ...(from.trim() === '' ? {} : { from: from.trim() }) };
}

function isDay(text: string): boolean {
  return text === '' || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));
}
