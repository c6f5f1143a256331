import { catalogArtifact, type CatalogedTable } from '../artifacts/catalogArtifact.ts';
import { invocationOf } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { isTableNode, type Manifest } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { tableColumns } from '../run/tableColumns.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import { compileNodes } from './compileNodes.ts';
import { codesOf } from './keepCompiled.ts';
import type { ModelyardProject, OpenProject } from './modelyardProject.ts';
import { readSelection } from './readSelection.ts';
import { writeManifest } from './writeArtifacts.ts';

/** `--no-compile` and `--empty-catalog`. */
export interface DocsFlags {
  readonly compiles: boolean;
  readonly isEmpty: boolean;
}

/**
 * Compiles the project and writes manifest.json and catalog.json (`dbt docs generate`). Gives the catalog's path;
 * without a value nothing of the two was written, and the diagnostics say why.
 */
export async function generateDocs(
  project: ModelyardProject,
  request: SelectionRequest,
  { compiles, isEmpty }: DocsFlags = { compiles: true, isEmpty: false },
): Promise<Outcome<string | undefined>> {
  const read = await readSelection(project, request);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const { manifest, selected } = read.value;
  const none = { value: [], diagnostics: read.diagnostics };
  const { value: compiled, diagnostics } = compiles ? await compileNodes(project, request) : none;
  if (compiled === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const value = await project.withOpen(manifest, async (open) => {
    const { files } = project.host;
    const invocation = invocationOf(open.environment);
    // Compiling has written it with the nodes' code.
    if (!compiles || !project.writesJson) await writeManifest(files, manifest, codesOf(compiled), invocation);
    const path = `${manifest.project.config.targetPath}/catalog.json`;
    const tables = isEmpty ? [] : await catalogedTables(project, manifest, open);
    const shown = tables.filter(({ node }) => selected.has(node.uniqueId));
    await files.write(path, jsonText(catalogArtifact(shown, invocation)));
    return path;
  });
  return { value, diagnostics };
}

async function catalogedTables(
  project: ModelyardProject,
  manifest: Manifest,
  { catalog }: OpenProject,
): Promise<readonly CatalogedTable[]> {
  const found: CatalogedTable[] = [];
  for (const node of manifest.nodes.values()) {
    if (!isTableNode(node) || (node.resourceType === 'model' && node.materialized === 'ephemeral')) continue;
    const table = embeddedName(node.relation, manifest.project.target);
    const kind = catalog.kindOf(table);
    if (kind !== undefined) found.push({ node, kind, columns: await tableColumns(project.host.engine, table) });
  }
  return found;
}
