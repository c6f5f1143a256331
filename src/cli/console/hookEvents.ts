import type { OperationNode } from '../../core/compile/manifest.ts';
import { executionSeconds, type NodeResult } from '../../core/run/nodeResult.ts';
import { operationName } from '../../core/run/runOperations.ts';
import { consoleEvent, emptyLine, type ConsoleEvent } from './consoleEvent.ts';
import { progressText, type Turn } from './nodeEvents.ts';

/** What begins a hook of a run; an empty line stands before those at its end. */
export function hookStartEvents(node: OperationNode, turn: Turn): readonly ConsoleEvent[] {
  const { index, total } = turn;
  const statement = operationName(node);
  const line = consoleEvent('LogHookStartLine', progressText(`START hook: ${statement}`, 'RUN', turn), {
    statement,
    index,
    total,
  });
  return node.hookType === 'on-run-end' && index === 1 ? [emptyLine, line] : [line];
}

/** What ends a hook of a run; an empty line stands behind those at its start. */
export function hookEndEvents(node: OperationNode, result: NodeResult, turn: Turn): readonly ConsoleEvent[] {
  const { index, total } = turn;
  const statement = operationName(node);
  const seconds = executionSeconds(result);
  const mark = result.status === 'success' ? 'OK' : result.status === 'error' ? 'ERROR' : 'SKIP';
  const data = { statement, status: result.status, index, total, execution_time: seconds };
  const level = result.status === 'error' ? 'error' : 'info';
  const line = consoleEvent(
    'LogHookEndLine',
    progressText(`${mark} hook: ${statement}`, mark, turn, seconds),
    data,
    level,
  );
  return node.hookType === 'on-run-start' && index === total ? [line, emptyLine] : [line];
}
