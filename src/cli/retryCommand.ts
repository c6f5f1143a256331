import { readRetry, retriedCommands } from '../core/artifacts/readRetry.ts';
import { retryOptions } from './options/retryOptions.ts';
import { UsageError } from './options/usageError.ts';
import { runningOptions, runRequested } from './runCommand.ts';
import type { Session } from './session.ts';

/** `retry`: runs what did not end well in the last run again, by that run's command and options. */
export async function retryCommand(session: Session): Promise<number> {
  const { project, options } = session;
  const { text, folder } = await project.lastRunResults();
  const retry = text === undefined ? undefined : readRetry(text, options.has('warn-error'));
  if (retry === undefined) throw new UsageError(`Could not find previous run in '${folder}' target directory`);
  const command = retriedCommands.find((one) => one === retry.command);
  if (command === undefined || command === 'prepare')
    throw new UsageError(`The last command was '${retry.command}': only ${retriedCommands.join(', ')} are run again.`);
  const again = await session.reopen(options.as(command, retryOptions(command, retry.args, options.given)));
  try {
    return await runRequested(again, {
      command,
      select: [],
      exclude: [],
      only: retry.ids,
      ...runningOptions(again.options),
    });
  } finally {
    await again.project.close();
  }
}
