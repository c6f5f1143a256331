import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';
import { isPlainList, isPlainMap, type PlainValue } from './plainValue.ts';
import type { YamlNode } from './yamlNode.ts';

/** Gives the native value of a YAML text that holds Jinja. */
export type RenderText = (text: string, range: Range) => Outcome<PlainValue>;

/**
 * Renders the Jinja in the texts of a YAML value; mapping keys and texts without Jinja stay as they are, and so does
 * what stands under a key that is rendered later.
 */
export function renderYaml(
  node: YamlNode,
  render: RenderText,
  isLater: (key: string) => boolean = () => false,
): Outcome<YamlNode> {
  const diagnostics: Diagnostic[] = [];
  const visit = (one: YamlNode): YamlNode => {
    switch (one.kind) {
      case 'map':
        return {
          ...one,
          entries: one.entries.map((entry) => (isLater(entry.key) ? entry : { ...entry, value: visit(entry.value) })),
        };
      case 'list':
        return { ...one, items: one.items.map(visit) };
      case 'scalar': {
        if (typeof one.value !== 'string' || !/\{[{%#]/.test(one.value)) return one;
        const rendered = render(one.value, one.range);
        diagnostics.push(...rendered.diagnostics);
        return yamlOfPlain(rendered.value, one.range);
      }
    }
  };
  return { value: visit(node), diagnostics };
}

function yamlOfPlain(value: PlainValue, range: Range): YamlNode {
  if (isPlainList(value)) return { kind: 'list', range, items: value.map((item) => yamlOfPlain(item, range)) };
  if (!isPlainMap(value)) return { kind: 'scalar', range, value };
  const entries = Object.entries(value).map(([key, one]) => ({ key, keyRange: range, value: yamlOfPlain(one, range) }));
  return { kind: 'map', range, entries };
}
