import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import { md5 } from './md5.ts';

export interface TestNames {
  /** At most 63 characters: for the compiled file and the alias. */
  readonly short: string;
  /** For the unique id and the fqn. */
  readonly full: string;
}

/**
 * The name of a generic test: its own, the tested node's, and its arguments by name, joined by underscores. A long one
 * is cut to 30 characters and a hash (dbt-core: core/dbt/parser/generic_test_builders.py).
 */
export function genericTestName(testName: string, targetName: string, kwargs: PlainMap): TestNames {
  const flat = Object.keys(kwargs)
    .filter((key) => key !== 'model')
    .sort()
    .flatMap((key) => partsOf(kwargs[key] ?? null));
  const identifier = `${testName}_${targetName}`;
  const full = `${identifier}_${flat.map((part) => part.replace(/[^0-9a-zA-Z_]+/g, '_')).join('__')}`;
  return { full, short: full.length >= 64 ? `${identifier.slice(0, 30)}_${md5(full)}` : full };
}

/**
 * The ten characters that keep tests of one name apart: the end of an MD5 over the name and the test's metadata as
 * Python prints it with sorted keys (dbt-core: core/dbt/parser/schema_generic_tests.py).
 */
export function genericTestHash(name: string, metadata: PlainMap): string {
  return md5(`${name}${hashable(metadata)}`).slice(-10);
}

function partsOf(value: PlainValue): readonly string[] {
  if (isPlainList(value)) return value.map(pythonStr);
  return isPlainMap(value) ? Object.values(value).map(pythonStr) : [pythonStr(value)];
}

/** Every scalar as its text, in the form of Python's `repr`. */
function hashable(value: PlainValue): string {
  if (isPlainList(value)) return `[${value.map(hashable).join(', ')}]`;
  if (!isPlainMap(value)) return pythonRepr(pythonStr(value));
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${pythonRepr(key)}: ${hashable(value[key] ?? null)}`);
  return `{${entries.join(', ')}}`;
}

/** Python's `str()` of a YAML value. */
function pythonStr(value: PlainValue): string {
  if (typeof value === 'string') return value;
  if (isPlainList(value)) return `[${value.map(pythonDisplay).join(', ')}]`;
  if (isPlainMap(value)) {
    return `{${Object.entries(value)
      .map(([key, one]) => `${pythonRepr(key)}: ${pythonDisplay(one)}`)
      .join(', ')}}`;
  }
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

function pythonDisplay(value: PlainValue): string {
  return typeof value === 'string' ? pythonRepr(value) : pythonStr(value);
}

/** Python's `repr()` of a str: single quotes unless only those occur inside. */
function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
