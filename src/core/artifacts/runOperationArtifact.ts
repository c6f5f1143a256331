import { mainThread } from '../compile/invocationValues.ts';
import { macroId, type MacroDefinition } from '../compile/macroScope.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';
import { runResultsSchema } from './runResultsArtifact.ts';

/** How a macro that was called by itself ended; times in milliseconds since 1970. */
export interface OperationEnd {
  readonly macro: MacroDefinition;
  readonly ok: boolean;
  readonly startedAt: number;
  readonly completedAt: number;
}

/** run_results.json of `run-operation`: its one result is the macro (dbt-core: task/run_operation.py). */
export function runOperationArtifact(
  { macro, ok, startedAt, completedAt }: OperationEnd,
  invocation: Invocation,
): Json {
  const time = (at: number): string => new Date(at).toISOString();
  const seconds = (completedAt - startedAt) / 1000;
  return {
    metadata: artifactMetadata(runResultsSchema, invocation),
    results: [
      {
        status: ok ? 'success' : 'error',
        timing: [
          { name: 'compile', started_at: time(startedAt), completed_at: time(startedAt) },
          { name: 'execute', started_at: time(startedAt), completed_at: time(completedAt) },
        ],
        thread_id: mainThread,
        execution_time: seconds,
        adapter_response: {},
        message: null,
        failures: ok ? 0 : 1,
        unique_id: macroId(macro),
        compiled: false,
        compiled_code: null,
        relation_name: null,
        batch_results: null,
      },
    ],
    elapsed_time: seconds,
    args: invocation.args,
  };
}
