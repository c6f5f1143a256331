import { reach } from '../compile/graph.ts';
import type { Manifest } from '../compile/manifest.ts';
import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { coverOf, indirectTests, type IndirectSelection } from './indirectTests.ts';
import { matchesMethod } from './matchMethod.ts';
import { parseSelection, type Criterion, type Selection } from './selection.ts';

export interface SelectionRequest {
  /** Nothing selects everything. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  /** Which tests join what they test; dbt's default is eager. */
  readonly indirect?: IndirectSelection;
}

/**
 * The ids that `--select` and `--exclude` name. Tests join what they test, as `indirect` says. A
 * criterion that meets nothing is a warning; one that cannot be read is an error.
 */
export function selectNodes(manifest: Manifest, request: SelectionRequest): Outcome<ReadonlySet<UniqueId>> {
  const select = parseSelection(request.select);
  const exclude = parseSelection(request.exclude);
  const mode = request.indirect ?? 'eager';
  const selector = new Selector(manifest, mode);
  const chosen = request.select.length === 0 ? new Set(manifest.nodes.keys()) : selector.evaluate(select.value);
  const waiting = [...selector.waiting];
  const excluded = selector.evaluate(exclude.value);
  const left = new Set([...chosen].filter((id) => !excluded.has(id)));
  const covers = coverOf(manifest, left, mode);
  return {
    value: new Set([...left, ...waiting.filter((id) => !excluded.has(id) && covers(id))]),
    diagnostics: [...select.diagnostics, ...exclude.diagnostics, ...selector.warnings],
  };
}

class Selector {
  readonly #manifest: Manifest;
  readonly #indirect: IndirectSelection;
  readonly warnings: Diagnostic[] = [];
  /** Tests of what was met that join it when all that they read is selected in the end. */
  readonly waiting = new Set<UniqueId>();

  constructor(manifest: Manifest, indirect: IndirectSelection) {
    this.#manifest = manifest;
    this.#indirect = indirect;
  }

  evaluate(selection: Selection): Set<UniqueId> {
    switch (selection.kind) {
      case 'criterion':
        return this.#withTests(this.#expand(selection));
      case 'union':
        return new Set(selection.of.flatMap((one) => [...this.evaluate(one)]));
      case 'intersection': {
        const [first = new Set<UniqueId>(), ...others] = selection.of.map((one) => this.evaluate(one));
        return new Set([...first].filter((id) => others.every((other) => other.has(id))));
      }
    }
  }

  #expand(criterion: Criterion): Set<UniqueId> {
    const { nodes, graph } = this.#manifest;
    const met = [...nodes.values()].filter((node) => matchesMethod(node, criterion)).map((node) => node.uniqueId);
    if (met.length === 0) {
      this.warnings.push(diagnostic('compile.selectsNothing', { raw: criterion.raw }, { file: '--select' }));
    }
    const result = new Set(met);
    const add = (ids: Iterable<UniqueId>): void => {
      for (const id of ids) result.add(id);
    };
    if (criterion.parents !== undefined) add(reach(graph.parents, met, criterion.parents));
    if (criterion.children !== undefined) add(reach(graph.children, met, criterion.children));
    if (criterion.childrensParents) {
      const children = [...met, ...reach(graph.children, met)];
      add(children);
      add(reach(graph.parents, children));
    }
    return result;
  }

  #withTests(ids: ReadonlySet<UniqueId>): Set<UniqueId> {
    const { joined, waiting } = indirectTests(this.#manifest, ids, this.#indirect);
    for (const id of waiting) this.waiting.add(id);
    return new Set([...ids, ...joined]);
  }
}
