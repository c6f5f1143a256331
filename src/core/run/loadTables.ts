import type { Manifest, SeedNode, SourceNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/text.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { declaredColumns, loadColumns, typesOfLoaded } from './dataType.ts';
import type { RelationCatalog } from './relationCatalog.ts';
import type { LoadResult, SqlEngine } from './sqlEngine.ts';

/** What loading a file needs. */
export interface LoadContext {
  readonly manifest: Manifest;
  readonly files: ProjectFiles;
  readonly engine: SqlEngine;
  readonly catalog: RelationCatalog;
}

/** How many rows a table has now, or why it could not be loaded. */
export type TableLoad =
  | { readonly kind: 'loaded' | 'unchanged'; readonly rows: number }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Loads a source's or seed's CSV into its table, unless the table was made from the same version of the file. The
 * table that was there stays when the file is faulty.
 */
export async function loadTable(
  context: LoadContext,
  node: SourceNode | SeedNode,
  path: string,
  onRows: (rows: number) => void,
): Promise<Outcome<TableLoad>> {
  const { files, engine, catalog, manifest } = context;
  const table = embeddedName(node.relation, manifest.project.target);
  const columns = loadColumns(node);
  const stamp = await files.version(path);
  if (stamp === undefined) return missing(node, path);
  const delimiter = node.resourceType === 'seed' ? (textConfig(node.config, 'delimiter') ?? ',') : ',';
  const version = `${path}@${stamp} ${JSON.stringify([...declaredColumns(node), delimiter])}`;
  const known = catalog.get(table);
  if (known?.version === version) return { value: { kind: 'unchanged', rows: known.rowCount ?? 0 }, diagnostics: [] };
  const chunks = await files.stream(path);
  if (chunks === undefined) return missing(node, path);
  const result = await engine.load({ table, file: path, columns, delimiter }, chunks, onRows);
  const diagnostics = faultsOf(path, result);
  if (!result.loaded) {
    const message = diagnostics[0]?.message ?? `${path} could not be loaded`;
    return { value: { kind: 'failed', message }, diagnostics };
  }
  const typed = typesOfLoaded(result.columns, node);
  await catalog.put({ relation: table, kind: 'table', version, rowCount: result.rowCount, columns: typed });
  return { value: { kind: 'loaded', rows: result.rowCount }, diagnostics };
}

function missing(node: SourceNode | SeedNode, file: string): Outcome<TableLoad> {
  const name = node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
  const found = diagnostic(
    'run.sourceWithoutData',
    { source: name, file },
    { file: node.originalFilePath, range: node.range },
  );
  return { value: { kind: 'failed', message: found.message }, diagnostics: [found] };
}

function faultsOf(file: string, result: LoadResult): readonly Diagnostic[] {
  return result.faults.map((fault) =>
    diagnostic('run.csvFault', { detail: fault.message }, { file, range: rangeAt(Math.max(fault.line - 1, 0), 0) }),
  );
}
