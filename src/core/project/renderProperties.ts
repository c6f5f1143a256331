import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { testConfigKeys } from './readTestProperties.ts';
import { renderYaml, type RenderText } from './renderYaml.ts';
import type { YamlEntry, YamlNode } from './yamlNode.ts';

/** Left as written: descriptions may hold `doc()`, and hooks are rendered when their node is run. */
const renderedLater = new Set(['description', 'loaded_at_query', 'pre_hook', 'post_hook', 'pre-hook', 'post-hook']);
const testKeys = new Set(['tests', 'data_tests']);

/**
 * Renders the Jinja of a properties file. Of tests only the configs: their arguments are rendered when the test is
 * compiled (dbt-core: core/dbt/parser/schema_renderer.py, generic_test_builders.py).
 */
export function renderProperties(root: YamlNode, render: RenderText): Outcome<YamlNode> {
  const diagnostics: Diagnostic[] = [];
  const all = (node: YamlNode): YamlNode => {
    const rendered = renderYaml(node, render);
    diagnostics.push(...rendered.diagnostics);
    return rendered.value;
  };
  const value = mapEntries(root, ({ key, value: node }) => {
    if (renderedLater.has(key)) return node;
    return testKeys.has(key) ? mapEntries(node, testPart) : undefined;
  });
  return { value, diagnostics };

  /** A config of a test stands under its name, or beside it. */
  function testPart({ key, value: node }: YamlEntry): YamlNode | undefined {
    if (key === 'config' || testConfigKeys.has(key)) return all(node);
    return node.kind === 'map' && key !== 'arguments' ? undefined : node;
  }

  /** A copy whose entries are what `replace` gives for them; undefined goes on into the entry. */
  function mapEntries(node: YamlNode, replace: (entry: YamlEntry) => YamlNode | undefined): YamlNode {
    switch (node.kind) {
      case 'scalar':
        return all(node);
      case 'list':
        return { ...node, items: node.items.map((item) => mapEntries(item, replace)) };
      case 'map': {
        const entries = node.entries.map((entry) => ({
          ...entry,
          value: replace(entry) ?? mapEntries(entry.value, replace),
        }));
        return { ...node, entries };
      }
    }
  }
}
