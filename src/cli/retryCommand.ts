import { readRetry } from '../core/artifacts/readRetry.ts';
import { UsageError } from './options/usageError.ts';
import { runRequested } from './runCommand.ts';
import type { Session } from './session.ts';

/** `retry`: runs what did not end well in the last run again, by that run's command. */
export async function retryCommand(session: Session): Promise<number> {
  const { project, options } = session;
  const read = await project.read();
  const targetPath = read.project?.config.targetPath ?? 'target';
  const text = await project.host.files.readText(`${targetPath}/run_results.json`);
  const retry = text === undefined ? undefined : readRetry(text);
  if (retry === undefined) throw new UsageError(`Could not find previous run in '${targetPath}' target directory`);
  if (retry.vars !== undefined && options.value('vars') === undefined)
    throw new UsageError(`The last run had --vars '${retry.vars}': give them to retry again, or others.`);
  return runRequested(session, { ...retry, select: [], exclude: [], only: retry.ids });
}
