import type { Manifest, ManifestNode } from '../compile/manifest.ts';
import { diagnostic, hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { evaluateSelection, type StateLookup } from './evaluateSelection.ts';
import type { IndirectSelection } from './indirectTests.ts';
import { parseSelection } from './parseSelection.ts';
import type { Selectors } from './readSelectors.ts';
import { keepsType, type TypeFilter } from './resourceTypes.ts';
import type { Selection } from './selection.ts';

export interface SelectionRequest {
  /** Nothing selects everything, or what the default of selectors.yml selects. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  /** A selector of selectors.yml; `select` and `exclude` then do not count. */
  readonly selector?: string;
  /** Which tests join what they test; dbt's default is eager. */
  readonly indirect?: IndirectSelection;
  /** What is kept of what is selected; everything when undefined. */
  readonly types?: TypeFilter;
}

/** What selecting may know beside the manifest. */
export interface SelectionKnowledge {
  readonly selectors?: Selectors | undefined;
  readonly byState?: StateLookup | undefined;
}

/**
 * The ids that a request names. Tests join what they test, as `indirect` says. Words that meet nothing are a
 * warning; those that cannot be read, and a selector that is not known, are an error.
 */
export function selectNodes(
  manifest: Manifest,
  request: SelectionRequest,
  { selectors, byState }: SelectionKnowledge = {},
): Outcome<ReadonlySet<UniqueId>> {
  const chosen = chosenSelection(request, selectors);
  if (chosen.value === undefined || hasErrors(chosen.diagnostics))
    return { value: new Set(), diagnostics: chosen.diagnostics };
  const met =
    chosen.value === 'all'
      ? { value: { direct: new Set(manifest.nodes.keys()) }, diagnostics: [] }
      : evaluateSelection({ manifest, indirect: request.indirect ?? 'eager', byState }, chosen.value);
  return { value: kept(manifest, met.value.direct, request.types), diagnostics: met.diagnostics };
}

function kept({ nodes }: Manifest, ids: ReadonlySet<UniqueId>, types: TypeFilter | undefined): ReadonlySet<UniqueId> {
  if (types === undefined) return ids;
  const isKept = (node: ManifestNode | undefined): boolean => node !== undefined && keepsType(types, node.resourceType);
  return new Set([...ids].filter((id) => isKept(nodes.get(id))));
}

/** The selector that is named, else the words, else the default selector (core/dbt/task/runnable.py, get_selection_spec). */
function chosenSelection(
  { select, exclude, selector }: SelectionRequest,
  selectors: Selectors | undefined,
): Outcome<Selection | 'all' | undefined> {
  if (selector !== undefined) {
    const found = selectors?.definitions.get(selector);
    const params = { name: selector, names: [...(selectors?.definitions.keys() ?? [])] };
    const diagnostics =
      found === undefined ? [diagnostic('compile.unknownSelector', params, { file: '--selector' })] : [];
    return { value: found, diagnostics };
  }
  if (select.length === 0 && exclude.length === 0) return { value: selectors?.byDefault ?? 'all', diagnostics: [] };
  const included = select.length === 0 ? everything : parseSelection(select, { file: '--select' });
  const excluded = parseSelection(exclude, { file: '--exclude' });
  return {
    value: {
      kind: 'difference',
      of: exclude.length === 0 ? [included.value] : [included.value, excluded.value],
      takesWaiting: false,
      expected: undefined,
    },
    diagnostics: [...included.diagnostics, ...excluded.diagnostics],
  };
}

/** What dbt selects where nothing is named (core/dbt/graph/cli.py, DEFAULT_INCLUDES). */
const everything: Outcome<Selection> = {
  value: {
    kind: 'union',
    of: (['fqn', 'source', 'exposure'] as const).map((method) => ({
      kind: 'criterion',
      method,
      argument: undefined,
      value: '*',
      parents: undefined,
      children: undefined,
      childrensParents: false,
      indirect: undefined,
    })),
    takesWaiting: true,
    expected: undefined,
  },
  diagnostics: [],
};
