import { tablesFromSources, type DescribedTables } from '../datagen/fromSources.ts';
import { readColumnHints, readTableHints } from '../datagen/hints.ts';
import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { entryOf, itemsOf, parseYaml, textOf, type YamlMap, type YamlNode } from '../project/yamlNode.ts';

/**
 * The hints of a project's tables and columns that are unknown or have another form, each at its name in the YAML; a
 * hint that stands elsewhere, as with the source of a table, at the table.
 */
export async function hintFaults(
  described: DescribedTables,
  files: Pick<ProjectFiles, 'readText'>,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const documents = new Map<string, YamlNode | undefined>();
  const placed = async (hint: string, owner: Location, faults: readonly Diagnostic[]): Promise<void> => {
    if (faults.length === 0) return;
    if (!documents.has(owner.file))
      documents.set(owner.file, parseYaml((await files.readText(owner.file)) ?? '', owner.file).value);
    const range = hintRange(documents.get(owner.file), owner.range, hint) ?? owner.range;
    found.push(...faults.map((fault) => ({ ...fault, range })));
  };
  for (const table of tablesFromSources(described).value) {
    for (const [hint, rowHints] of apart(table.rowHints))
      await placed(hint, table, readTableHints({ ...table, rowHints }).diagnostics);
    for (const column of table.columns) {
      for (const [hint, hints] of apart(column.hints))
        await placed(hint, column, readColumnHints(table, { ...column, hints }).diagnostics);
    }
  }
  return found;
}

/** Each hint by itself, so that what is said is known to be of it. */
function apart(hints: PlainMap): readonly (readonly [string, PlainMap])[] {
  return Object.entries(hints).map(([hint, value]) => [hint, { [hint]: value }]);
}

function hintRange(document: YamlNode | undefined, owner: Range, hint: string): Range | undefined {
  const node = named(document, owner);
  if (node === undefined) return undefined;
  for (const meta of [entryOf(entryOf(node, 'config'), 'meta'), entryOf(node, 'meta')]) {
    const hints = entryOf(meta, 'modelyard');
    const entry = hints?.kind === 'map' ? hints.entries.find(({ key }) => key === hint) : undefined;
    if (entry !== undefined) return entry.keyRange;
  }
  return undefined;
}

/** The mapping whose name stands at a place. */
function named(node: YamlNode | undefined, at: Range): YamlMap | undefined {
  if (node === undefined || node.kind === 'scalar') return undefined;
  if (node.kind === 'map') {
    const name = entryOf(node, 'name');
    const { line, character } = at.start;
    const isMeant = name?.range.start.line === line && name.range.start.character === character;
    if (isMeant && textOf(name) !== undefined) return node;
  }
  const below = node.kind === 'map' ? node.entries.map(({ value }) => value) : itemsOf(node);
  for (const one of below) {
    const found = named(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
