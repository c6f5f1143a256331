import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Tags } from 'yaml';
import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { fileStart, type Position, type Range } from '../diagnostics/text.ts';
import { isPlainMap, type PlainMap, type PlainValue } from './plainValue.ts';

/** A YAML value that knows where it stands. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly range: Range;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly range: Range;
  readonly items: readonly YamlNode[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly range: Range;
  readonly value: null | boolean | number | string;
  /** True for a number with a point or an exponent, which Python keeps apart from an integer. */
  readonly isFloat?: true;
}

/**
 * Reads one YAML document by the rules of YAML 1.1, as PyYAML and so dbt does (`yes` is true, `012` is octal).
 * A file with a fault gives no value; an empty one gives none and no fault.
 */
export function parseYaml(text: string, file: string): Outcome<YamlNode | undefined> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.1', merge: true, customTags: asPyYaml });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(line - 1, 0), character: Math.max(col - 1, 0) };
  };
  const range = (span: readonly [number, number, ...number[]] | null | undefined): Range =>
    span ? { start: position(span[0]), end: position(span[1]) } : fileStart;
  const overflow = document.errors.find((error) => /call stack/.test(error.message));
  if (overflow !== undefined) {
    return {
      value: undefined,
      diagnostics: [diagnostic('project.yamlTooDeep', {}, { file, range: range(overflow.pos) })],
    };
  }
  const diagnostics = document.errors.map((error): Diagnostic => {
    const place = { file, range: range(error.pos) };
    // dbt warns of these, and goes on with the last one.
    if (error.code === 'DUPLICATE_KEY') return diagnostic('project.yamlDuplicateKey', {}, place);
    const detail = error.message.split(/ at line \d/)[0]?.split('\n')[0] ?? error.message;
    return diagnostic('project.yamlSyntax', { detail }, place);
  });
  if (hasErrors(diagnostics) || document.contents === null) return { value: undefined, diagnostics };
  try {
    return { value: convert(document.contents, { document, range, left: mostNodes }, 0), diagnostics };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { value: undefined, diagnostics: [diagnostic('project.yamlTooDeep', {}, { file })] };
  }
}

/** Where PyYAML, and so dbt, reads a scalar otherwise than YAML 1.1 has it: `y`, `n` and `1e3` are texts (its resolver.py). */
const narrower: Readonly<Record<string, RegExp>> = {
  true: /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/,
  false: /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/,
  EXP: /^[-+]?[0-9][0-9_]*\.[0-9_]*[eE][-+][0-9]+$/,
};

function asPyYaml(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === 'string' || tag.collection !== undefined || tag.test === undefined) return tag;
    const name = tag.tag === 'tag:yaml.org,2002:bool' ? String(tag.test.test('true')) : tag.format;
    const test = name === undefined ? undefined : narrower[name];
    return test === undefined ? tag : { ...tag, test };
  });
}

type ToRange = (span: readonly [number, number, ...number[]] | null | undefined) => Range;

const maximumDepth = 200;

/** Aliases may name one value many times over, and those that it holds again. */
const mostNodes = 1_000_000;

interface Conversion {
  readonly document: Document;
  readonly range: ToRange;
  /** Nodes that may still be made. */
  left: number;
}

function convert(node: Node, to: Conversion, depth: number): YamlNode {
  to.left -= 1;
  if (depth > maximumDepth || to.left < 0) throw new RangeError('nested too deeply, or too much of it');
  const { document, range } = to;
  const resolved = 'source' in node && !isScalar(node) ? (node.resolve(document) ?? node) : node;
  if (isMap(resolved)) {
    return { kind: 'map', range: range(resolved.range), entries: mapEntries(resolved, to, depth) };
  }
  if (isSeq(resolved)) {
    const items = (resolved.items as Node[]).map((item) => convert(item, to, depth + 1));
    return { kind: 'list', range: range(resolved.range), items };
  }
  const value: unknown = isScalar(resolved) ? resolved.value : null;
  const isFloat = typeof value === 'number' && isScalar(resolved) && /[.eE]/.test(resolved.source ?? '');
  return { kind: 'scalar', range: range(node.range), value: scalarValue(value), ...(isFloat && { isFloat }) };
}

function mapEntries(map: Node, to: Conversion, depth: number): YamlEntry[] {
  if (!isMap(map)) return [];
  const own: YamlEntry[] = [];
  const merged: YamlEntry[] = [];
  for (const pair of map.items) {
    const keyNode = pair.key as Node;
    const key = keyText(keyNode);
    const value: YamlNode =
      pair.value === null
        ? { kind: 'scalar', range: to.range(keyNode.range), value: null }
        : convert(pair.value as Node, to, depth + 1);
    if (key === '<<') merged.push(...mergedEntries(value));
    else own.push({ key, keyRange: to.range(keyNode.range), value });
  }
  // Of a key that is written twice the last one counts, and what is written out counts before what is merged in.
  return [...new Map([...merged, ...own].map((entry) => [entry.key, entry])).values()];
}

/** The merge key `<<` arrives as a symbol. */
function keyText(node: Node): string {
  if (!isScalar(node)) return node.toString();
  return typeof node.value === 'symbol' ? '<<' : String(node.value);
}

function mergedEntries(value: YamlNode): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  return value.kind === 'list' ? value.items.flatMap(mergedEntries) : [];
}

function scalarValue(value: unknown): YamlScalar['value'] {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  return value instanceof Date ? value.toISOString().replace(/T00:00:00\.000Z$/, '') : null;
}

/** The value under a key of a mapping; undefined for a missing key and for anything that is not a mapping. */
export function entryOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((entry) => entry.key === key)?.value;
}

/** The items of a list; nothing for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar that is text; undefined for anything else. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The value without positions. */
export function plainOf(node: YamlNode | undefined): PlainValue {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plainOf(entry.value)]));
}

/** The value as a mapping without positions; an empty one when it is not a mapping. */
export function plainMapOf(node: YamlNode | undefined): PlainMap {
  const value = plainOf(node);
  return isPlainMap(value) ? value : {};
}
