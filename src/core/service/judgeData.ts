import type { Manifest } from '../compile/manifest.ts';
import { Cancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import { isUnbuilt, type NodeResult } from '../run/nodeResult.ts';
import { runGraph } from '../run/runGraph.ts';
import { runNodes } from '../run/runNodes.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** What a project's tests say of its data. */
export interface DataVerdict {
  readonly passed: number;
  /** Tests that found rows, warnings among them. */
  readonly failed: readonly NodeResult[];
  /** Tests, and the models that they needed, that could not be run. */
  readonly notRun: readonly NodeResult[];
}

export interface JudgeRequest {
  readonly cancellation: Cancellation;
  /** Hears of each test and model before it is run. */
  readonly progress: (name: string, done: number, total: number) => void;
}

/**
 * Builds the models and runs every test of a project on its data, in a database apart: the project's own, and its
 * artifacts, stay as they are. Rejects with `Cancelled`.
 */
export function judgeData(
  project: ModelyardProject,
  manifest: Manifest,
  { cancellation, progress }: JudgeRequest,
): Promise<DataVerdict> {
  const { files, engine, clock } = project.host;
  const environment = project.environment();
  return project.apart(cancellation, async (catalog) => {
    const context = { manifest, environment, files, engine, clock, catalog, reuse: false, cancellation };
    const ids = new Set(manifest.nodes.keys());
    // As `dbt run` and `dbt test` and not as `dbt build`: a failing test hides no other.
    const results: NodeResult[] = [];
    for (const command of ['seed', 'run', 'test'] as const) {
      const plan = runGraph(manifest, ids, command);
      const ran = await runNodes(
        {
          ...context,
          reuse: command === 'test',
          onEvent: (event) => {
            if (event.kind === 'sourceLoading') progress(event.source.name, 0, 1);
            else if (event.kind === 'nodeStarted') progress(event.node.name, event.index - 1, event.total);
          },
        },
        plan,
      );
      if (ran.cancelled) throw new Cancelled();
      results.push(...ran.results);
    }
    return verdictOf(results);
  });
}

function verdictOf(results: readonly NodeResult[]): DataVerdict {
  const tests = results.filter(({ node }) => node.resourceType === 'test');
  return {
    passed: tests.filter(({ status }) => status === 'pass').length,
    failed: tests.filter(({ status }) => status === 'fail' || status === 'warn'),
    notRun: results.filter(({ status }) => isUnbuilt(status) || status === 'skipped'),
  };
}
