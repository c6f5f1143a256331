import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';
import { entryOf, itemsOf, plainOf, textOf, type YamlMap, type YamlNode } from '../project/yamlNode.ts';
import { plainText } from '../project/plainValue.ts';
import { indirectSelections, type IndirectSelection } from './indirectTests.ts';
import { depthOf, methodNamed, parseCriterion } from './parseSelection.ts';
import type { Combination, Criterion, Selection } from './selection.ts';

/** The selectors of selectors.yml. */
export interface Selectors {
  readonly definitions: ReadonlyMap<string, Selection>;
  /** What is selected when the command line selects nothing. */
  readonly byDefault: Selection | undefined;
  /** Name of the default selector. */
  readonly defaultName: string | undefined;
}

export const selectorsFile = 'selectors.yml';

/** Reads selectors.yml, its Jinja rendered (dbt-core: core/dbt/config/selectors.py, core/dbt/graph/cli.py). */
export function readSelectors(root: YamlNode): Outcome<Selectors> {
  const reader = new SelectorReader();
  const list = entryOf(root, 'selectors');
  if (list?.kind !== 'list') reader.fault('"selectors" must be a list of selectors', (list ?? root).range);
  let defaultName: string | undefined;
  for (const item of itemsOf(list)) {
    const name = textOf(entryOf(item, 'name'));
    const definition = entryOf(item, 'definition');
    if (item.kind !== 'map' || name === undefined || definition === undefined) {
      reader.fault('a selector needs a "name" and a "definition"', item.range);
      continue;
    }
    reader.define(name, definition);
    if (plainOf(entryOf(item, 'default')) !== true) continue;
    if (defaultName !== undefined)
      reader.fault(`found multiple selectors with "default: true": ${defaultName} and ${name}`, item.range);
    defaultName ??= name;
  }
  const { definitions } = reader;
  const byDefault = defaultName === undefined ? undefined : definitions.get(defaultName);
  return { value: { definitions, byDefault, defaultName }, diagnostics: reader.diagnostics };
}

class SelectorReader {
  readonly definitions = new Map<string, Selection>();
  readonly diagnostics: Diagnostic[] = [];

  define(name: string, definition: YamlNode): void {
    const sets = definition.kind === 'map' ? definition.entries.map(({ key }) => key) : [];
    if (sets.length > 1 && (sets.includes('union') || sets.includes('intersection'))) {
      const detail = `only a single "union" or "intersection" is allowed at the root of a definition; found ${sets.join(', ')}`;
      this.fault(detail, definition.range);
      return;
    }
    const selection = this.#selection(definition);
    if (selection !== undefined) this.definitions.set(name, selection);
  }

  /** Notes a fault; what is faulty selects nothing. */
  fault(detail: string, range: Range): Criterion | undefined {
    this.diagnostics.push(diagnostic('project.selectors', { detail }, { file: selectorsFile, range }));
    return undefined;
  }

  #selection(node: YamlNode): Selection | undefined {
    if (node.kind === 'scalar' && typeof node.value === 'string') return this.#spec(node.value, node.range);
    if (node.kind !== 'map')
      return this.fault('a definition is a text, "union", "intersection" or "method"', node.range);
    const union = entryOf(node, 'union');
    if (union !== undefined) return this.#set('union', union);
    const intersection = entryOf(node, 'intersection');
    return intersection === undefined ? this.#method(node) : this.#set('intersection', intersection);
  }

  #spec(text: string, range: Range): Criterion | undefined {
    const { value, diagnostics } = parseCriterion(text, { file: selectorsFile, range });
    this.diagnostics.push(...diagnostics);
    return hasErrors(diagnostics) ? undefined : value;
  }

  /** The parts of a set, less what its one `exclude` names. */
  #set(kind: 'union' | 'intersection', parts: YamlNode): Selection | undefined {
    if (parts.kind !== 'list') return this.fault(`"${kind}" must be a list`, parts.range);
    // So dbt reads them: a part that has an `exclude` is that and nothing else, whatever stands beside it.
    const excludes = parts.items.filter((item) => entryOf(item, 'exclude') !== undefined);
    const second = excludes[1];
    if (second !== undefined) return this.fault('a set can have one "exclude" only', second.range);
    const included = parts.items
      .filter((item) => !excludes.includes(item))
      .flatMap((item) => this.#selection(item) ?? []);
    const whole = combination(kind, included);
    return this.#without(whole, entryOf(excludes[0], 'exclude'));
  }

  #without(whole: Selection, exclude: YamlNode | undefined): Selection | undefined {
    if (exclude === undefined) return whole;
    if (exclude.kind !== 'list') return this.fault('"exclude" must be a list', exclude.range);
    const excluded = exclude.items.flatMap((item) => this.#selection(item) ?? []);
    return excluded.length === 0 ? whole : combination('difference', [whole, combination('union', excluded)]);
  }

  #method(node: YamlMap): Selection | undefined {
    const [only, ...others] = node.entries;
    if (only !== undefined && others.length === 0) return this.#criterion(only.key, only.value, node);
    const method = textOf(entryOf(node, 'method'));
    const value = entryOf(node, 'value');
    if (method === undefined || value === undefined)
      return this.fault(
        `expected one key, or "method" and "value", but got ${node.entries.map(({ key }) => key).join(', ')}`,
        node.range,
      );
    if (method === 'selector') {
      const name = pythonText(plainOf(value));
      const found = this.definitions.get(name);
      return found ?? this.fault(`there is no selector "${name}" above this one`, value.range);
    }
    const criterion = this.#criterion(method, value, node);
    return criterion === undefined ? undefined : this.#without(criterion, entryOf(node, 'exclude'));
  }

  #criterion(method: string, value: YamlNode, node: YamlMap): Criterion | undefined {
    const named = methodNamed(method);
    if (named === undefined) return this.fault(`"${method}" is not a valid method name`, node.range);
    const { children, parents, atChildren, indirect } = this.#expansion(node);
    if (atChildren && children !== undefined)
      return this.fault('"childrens_parents" and "children" cannot stand together', node.range);
    const text = pythonText(plainOf(value));
    return { kind: 'criterion', ...named, value: text, parents, children, childrensParents: atChildren, indirect };
  }

  #expansion(node: YamlMap): {
    readonly children: number | undefined;
    readonly parents: number | undefined;
    readonly atChildren: boolean;
    readonly indirect: IndirectSelection | undefined;
  } {
    const isOn = (key: string): boolean => Boolean(plainOf(entryOf(node, key)));
    const depth = (key: string): number => {
      const given = plainOf(entryOf(node, key));
      return given === null || given === 0 ? Number.POSITIVE_INFINITY : depthOf(pythonText(given));
    };
    const given = entryOf(node, 'indirect_selection');
    const indirect = indirectSelections.find((one) => one === textOf(given));
    if (given !== undefined && indirect === undefined)
      this.fault(`"indirect_selection" is one of ${indirectSelections.join(', ')}`, given.range);
    return {
      children: isOn('children') ? depth('children_depth') : undefined,
      parents: isOn('parents') ? depth('parents_depth') : undefined,
      atChildren: isOn('childrens_parents'),
      indirect,
    };
  }
}

function combination(kind: Combination['kind'], of: readonly Selection[]): Combination {
  return { kind, of, takesWaiting: false, expected: undefined };
}

/** A value as Python writes it: `config.enabled` is compared with `True`. */
function pythonText(value: ReturnType<typeof plainOf>): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : plainText(value);
}
