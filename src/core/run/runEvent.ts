import type { Batch } from '../compile/batch.ts';
import type { ModelNode, OperationNode, RunnableNode, SourceNode } from '../compile/manifest.ts';
import type { BatchResult, NodeResult, RunResults } from './nodeResult.ts';

/** What a run tells while it goes on. `index` counts from one; the hooks of a run have counts of their own. */
export type RunEvent =
  | { readonly kind: 'runStarted'; readonly nodes: readonly RunnableNode[] }
  | { readonly kind: 'sourceLoading'; readonly source: SourceNode; readonly rows: number }
  | { readonly kind: 'sourceLoaded'; readonly source: SourceNode; readonly rows: number }
  | { readonly kind: 'nodeStarted'; readonly node: RunnableNode; readonly index: number; readonly total: number }
  | { readonly kind: 'nodeFinished'; readonly result: NodeResult; readonly index: number; readonly total: number }
  | { readonly kind: 'hookStarted'; readonly node: OperationNode; readonly index: number; readonly total: number }
  | {
      readonly kind: 'batchStarted';
      readonly node: ModelNode;
      readonly batch: Batch;
      readonly index: number;
      readonly total: number;
    }
  | {
      readonly kind: 'batchFinished';
      readonly node: ModelNode;
      readonly batch: Batch;
      readonly result: BatchResult;
      readonly index: number;
      readonly total: number;
    }
  | {
      readonly kind: 'hookFinished';
      readonly node: OperationNode;
      readonly result: NodeResult;
      readonly index: number;
      readonly total: number;
    }
  | { readonly kind: 'runFinished'; readonly results: RunResults };
