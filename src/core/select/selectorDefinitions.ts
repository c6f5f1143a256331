import { isPlainList, isPlainMap, plainText, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import { plainMapOf, type YamlNode } from '../project/yamlNode.ts';
import { criterionPattern, defaultMethod } from './parseSelection.ts';

/**
 * The selectors of selectors.yml as manifest.json shows them: texts taken apart, and a selector that stands for
 * another replaced by that (dbt-core: core/dbt/config/selectors.py, SelectorDict).
 */
export function selectorDefinitions(root: YamlNode | undefined): PlainMap {
  const listed = root === undefined ? undefined : plainMapOf(root)['selectors'];
  const known: Record<string, PlainMap> = {};
  for (const selector of isPlainList(listed) ? listed : []) {
    if (!isPlainMap(selector)) continue;
    const definition = wholeDefinition(selector['definition'] ?? null, known);
    known[plainText(selector['name'] ?? null)] = { ...selector, definition };
  }
  return known;
}

function wholeDefinition(definition: PlainValue, known: Readonly<Record<string, PlainMap>>): PlainValue {
  if (typeof definition === 'string') return takenApart(definition);
  if (!isPlainMap(definition)) return definition;
  for (const key of ['union', 'intersection']) {
    const parts = definition[key];
    if (isPlainList(parts)) return { [key]: parts.map((part) => wholeDefinition(part, known)) };
  }
  const [first, ...others] = Object.entries(definition);
  if (first === undefined) return definition;
  const [key, value] = first;
  // dbt does so for the first key alone: the `exclude` of a method stays as it was written.
  const whole = isPlainList(value) ? value.map((part) => wholeDefinition(part, known)) : value;
  if (key === 'exclude') return { exclude: whole };
  if (others.length === 0) return { method: key, value: whole };
  if (key === 'method' && value === 'selector')
    return known[plainText(definition['value'] ?? null)]?.['definition'] ?? definition;
  return definition;
}

function takenApart(text: string): PlainMap {
  const [, at, parentsDepth, parents, method, value = '', children, childrenDepth] = criterionPattern.exec(text) ?? [];
  return {
    ...(at === undefined ? {} : { childrens_parents: true }),
    ...(parents === undefined ? {} : { parents: true }),
    ...(parentsDepth === undefined || parentsDepth === '' ? {} : { parents_depth: parentsDepth }),
    method: method ?? defaultMethod(value),
    ...(value === '' ? {} : { value }),
    ...(children === undefined ? {} : { children: true }),
    ...(childrenDepth === undefined || childrenDepth === '' ? {} : { children_depth: childrenDepth }),
  };
}
