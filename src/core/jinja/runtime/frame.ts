import type { SourceText } from '../syntax/sourceText.ts';
import type { Span } from '../syntax/token.ts';
import type { CallSite } from './callSite.ts';
import type { Runtime } from './runtime.ts';
import type { Scope } from './scope.ts';

/** What evaluating an expression needs: the template it stands in, its variables, and the render. */
export interface Frame {
  readonly source: SourceText;
  readonly scope: Scope;
  readonly runtime: Runtime;
}

/** The same frame with other variables. */
export const withScope = (frame: Frame, scope: Scope): Frame => ({ ...frame, scope });

/** Runs the work of one node of the syntax tree: counts it, and gives its failure the node's place. */
export function atNode<T>(frame: Frame, node: Span, work: (frame: Frame) => T): T {
  const { runtime, source } = frame;
  try {
    runtime.enter();
    return work(frame);
  } catch (error) {
    runtime.locate(error, source.file, () => source.range(node.start, node.end));
    throw error;
  } finally {
    runtime.leave();
  }
}

/** The place of a node as host functions see it; the range is only worked out when somebody asks. */
export function siteOf(frame: Frame, node: Span): CallSite {
  const { source, runtime } = frame;
  return {
    file: source.file,
    runtime,
    get range() {
      return source.range(node.start, node.end);
    },
  };
}
