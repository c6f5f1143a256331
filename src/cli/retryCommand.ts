import { readRetry, retriedCommands, type Retry } from '../core/artifacts/readRetry.ts';
import type { RunCommand } from '../core/run/runGraph.ts';
import { retryOptions } from './options/retryOptions.ts';
import { UsageError } from './options/usageError.ts';
import { runOperationCommand } from './runOperationCommand.ts';
import { runningOptions, runRequested } from './runCommand.ts';
import type { Session } from './session.ts';

/** The commands whose retry goes on with the batches of microbatch models (core/dbt/task/retry.py). */
const inBatches: readonly RunCommand[] = ['build', 'run'];

/** `retry`: runs what did not end well in the last run again, by that run's command and options. */
export async function retryCommand(session: Session): Promise<number> {
  const { project, options } = session;
  const { text, folder } = await project.lastRunResults();
  const retry = text === undefined ? undefined : readRetry(text, options.has('warn-error'));
  if (retry === undefined) throw new UsageError(`Could not find previous run in '${folder}' target directory`);
  if (retry.command === 'run-operation') return retryOperation(session, retry);
  const command = retriedCommands.find((one) => one === retry.command);
  if (command === undefined || command === 'prepare')
    throw new UsageError(
      `The last command was '${retry.command}': only ${[...retriedCommands, 'run-operation'].join(', ')} are run again.`,
    );
  const again = await session.reopen(options.as(command, retryOptions(command, retry.args, options.given)));
  try {
    return await runRequested(again, {
      command,
      select: [],
      exclude: [],
      only: retry.ids,
      ...(inBatches.includes(command) && { earlierBatches: retry.batches, batchesUntil: retry.startedAt }),
      ...runningOptions(again.options),
    });
  } finally {
    await again.project.close();
  }
}

/** A macro that ended well is not called again (core/dbt/task/retry.py). */
async function retryOperation(session: Session, { args, ids }: Retry): Promise<number> {
  const { macro } = args;
  if (ids.size === 0 || typeof macro !== 'string') return 0;
  const { options } = session;
  const restored = retryOptions('run-operation', args, options.given);
  const again = await session.reopen(options.as('run-operation', restored, macro));
  try {
    return await runOperationCommand(again);
  } finally {
    await again.project.close();
  }
}
