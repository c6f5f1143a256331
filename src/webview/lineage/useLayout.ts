import { useEffect, useState } from 'react';
import type { GraphIndex } from './graphIndex.ts';
import { layoutKey } from './layout.ts';
import type { Layouter, Positions } from './layouter.ts';

/** A graph's layout: none yet, the last good one, or why there is none. */
export interface LayoutState {
  /** Changes when cards were placed anew. */
  readonly key: string;
  readonly positions?: Positions;
  readonly failure?: string;
}

/** Lays the graph out when its nodes or edges changed; the last layout stays until the next one is there. */
export function useLayout(index: GraphIndex, layouter: Layouter): LayoutState {
  const key = layoutKey(index);
  const [state, setState] = useState<LayoutState>({ key: '' });
  useEffect(() => {
    let current = true;
    layouter(index).then(
      (positions) => current && setState({ key, positions }),
      (error: unknown) => current && setState({ key, failure: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      current = false;
    };
    // The key says all of the index that matters here.
  }, [key, layouter]);
  return state;
}
