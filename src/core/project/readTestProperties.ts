import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { isPlainMap, type PlainMap, type PlainValue } from './plainValue.ts';
import type { TestProperties } from './properties.ts';
import { entryOf, itemsOf, plainMapOf, type YamlNode } from './yamlNode.ts';

/** Configs that dbt also takes beside a test's arguments, in its order (core/dbt/parser/generic_test_builders.py, CONFIG_ARGS). */
export const testConfigKeys: ReadonlySet<string> = new Set([
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'meta',
  'database',
  'schema',
  'alias',
]);
const ownKeys = new Set(['name', 'test_name', 'description', 'config', 'arguments']);

/** Reads the tests under `data_tests:` (or the older `tests:`) of a node or a column. */
export function readTests(owner: YamlNode, file: string): Outcome<readonly TestProperties[]> {
  const diagnostics: Diagnostic[] = [];
  const list = entryOf(owner, 'data_tests') ?? entryOf(owner, 'tests');
  if (list !== undefined && list.kind !== 'list' && !(list.kind === 'scalar' && list.value === null)) {
    diagnostics.push(diagnostic('project.notAList', { where: 'data_tests' }, { file, range: list.range }));
  }
  const value = itemsOf(list).flatMap((item): TestProperties[] => {
    const read = readTest(item, file);
    if (read === undefined) diagnostics.push(diagnostic('project.testShape', {}, { file, range: item.range }));
    return read === undefined ? [] : [read];
  });
  return { value, diagnostics };
}

function readTest(item: YamlNode, file: string): TestProperties | undefined {
  const named = namedBody(item);
  if (named === undefined) return undefined;
  const { fullName, body } = named;
  const [first, second] = fullName.split('.', 2);
  const entries = Object.entries(body);
  const given = body['arguments'];
  const beside = entries.filter(([key]) => !ownKeys.has(key) && !testConfigKeys.has(key));
  const config = entries.filter(([key]) => testConfigKeys.has(key));
  return {
    testName: second ?? first ?? fullName,
    namespace: second === undefined ? undefined : first,
    arguments: { ...Object.fromEntries(beside), ...(isPlainMap(given) ? given : {}) },
    config: { ...Object.fromEntries(config), ...(isPlainMap(body['config']) ? body['config'] : {}) },
    name: textIn(body, 'name'),
    description: textIn(body, 'description') ?? '',
    file,
    range: item.kind === 'map' ? (item.entries[0]?.keyRange ?? item.range) : item.range,
  };
}

/** `unique`, `{unique: {…}}` and `{test_name: unique, …}` are the three ways to write a test. */
function namedBody(item: YamlNode): { fullName: string; body: PlainMap } | undefined {
  if (item.kind === 'scalar') return typeof item.value === 'string' ? { fullName: item.value, body: {} } : undefined;
  if (item.kind === 'list') return undefined;
  const plain = plainMapOf(item);
  const byKey = textIn(plain, 'test_name');
  if (byKey !== undefined) return { fullName: byKey, body: plain };
  const [only, ...rest] = Object.entries(plain);
  if (only === undefined) return undefined;
  const [fullName, value]: [string, PlainValue] = only;
  // A test's `config` may stand beside its name at the same level.
  if (value === null) return { fullName, body: Object.fromEntries(rest) };
  return isPlainMap(value) ? { fullName, body: { ...value, ...Object.fromEntries(rest) } } : undefined;
}

function textIn(map: PlainMap, key: string): string | undefined {
  const value = map[key];
  return typeof value === 'string' ? value : undefined;
}
