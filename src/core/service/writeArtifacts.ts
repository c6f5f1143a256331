import type { Invocation } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { manifestArtifact } from '../artifacts/manifestArtifact.ts';
import { runResultsArtifact } from '../artifacts/runResultsArtifact.ts';
import { batchPath, compiledPath, givenPath } from '../compile/compiledPath.ts';
import { isSqlNode, type Manifest, type ModelNode, type RunnableNode } from '../compile/manifest.ts';
import { sha256 } from '../compile/sha256.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { BatchResult, RunResults } from '../run/nodeResult.ts';
import { selectorDefinitions } from '../select/selectorDefinitions.ts';

/** An editor's files may be on another machine, where each write is a way there and back: many go together. */
const filesAtOnce = 32;

/** Path and text of a file. */
export type SqlText = readonly [path: string, text: string];

/**
 * Writes the compiled and executed SQL of a run, and unless told not to manifest.json and run_results.json, each file
 * whole; `compile` gives the code of the ephemeral models that stand within others.
 */
export async function writeArtifacts(
  files: ProjectFiles,
  manifest: Manifest,
  results: RunResults,
  invocation: Invocation,
  compile: (node: ModelNode) => Promise<string | undefined>,
  writesJson = true,
): Promise<void> {
  const { target, config } = manifest.project;
  const compiled = new Map<UniqueId, string>(
    results.results.flatMap(({ node, compiledCode }) =>
      compiledCode === undefined ? [] : [[node.uniqueId, compiledCode] as const],
    ),
  );
  const ephemeral: SqlText[] = [];
  for (const node of inlinedModels(manifest, compiled.keys())) {
    const code = await compile(node);
    if (code === undefined) continue;
    ephemeral.push([compiledPath(manifest, node), code]);
    compiled.set(node.uniqueId, code);
  }
  const executed = results.results.flatMap(
    ({ node, compiledCode, executedSql, givenCode, batches = [] }): SqlText[] => {
      if (!isSqlNode(node) && node.resourceType !== 'unit_test' && node.resourceType !== 'operation') return [];
      const given =
        node.resourceType === 'unit_test'
          ? [...(givenCode ?? [])].map(([name, code]): SqlText => [givenPath(manifest, node, name), code])
          : [];
      return [
        ...given,
        ...batchTexts(manifest, node, batches),
        ...(compiledCode === undefined ? [] : [[compiledPath(manifest, node), compiledCode] as const]),
        ...(executedSql === undefined ? [] : [[compiledPath(manifest, node, 'run'), executedSql] as const]),
      ];
    },
  );
  await writeSql(files, [...ephemeral, ...executed]);
  if (!writesJson) return;
  await writeManifest(files, manifest, compiled, invocation);
  await files.write(`${config.targetPath}/run_results.json`, jsonText(runResultsArtifact(results, target, invocation)));
}

/** Writes compiled or executed SQL; of several texts for one file the last stays. */
export async function writeSql(files: ProjectFiles, sql: readonly SqlText[]): Promise<void> {
  // Unit tests of one file may give rows for the same table: dbt writes them over one another.
  const texts = [...new Map(sql)];
  for (let from = 0; from < texts.length; from += filesAtOnce) {
    await Promise.all(texts.slice(from, from + filesAtOnce).map(([path, text]) => writeNews(files, path, text)));
  }
}

/** The code of the batches of a microbatch model, which has none as a whole. */
function batchTexts(manifest: Manifest, node: RunnableNode, batches: readonly BatchResult[]): readonly SqlText[] {
  if (node.resourceType !== 'model') return [];
  return batches.flatMap((batch): SqlText[] => [
    ...(batch.compiledCode === undefined ? [] : [[batchPath(manifest, node, batch), batch.compiledCode] as const]),
    ...(batch.executedSql === undefined ? [] : [[batchPath(manifest, node, batch, 'run'), batch.executedSql] as const]),
  ]);
}

/** Writes a file that does not hold this text already: SQL that is the same as in the last run stays. */
async function writeNews(files: ProjectFiles, path: string, text: string): Promise<void> {
  if ((await files.readText(path)) !== text) await files.write(path, text);
}

/** The ephemeral models that stand in the code of nodes, directly or within one another. */
export function inlinedModels({ nodes }: Manifest, ids: Iterable<UniqueId>): readonly ModelNode[] {
  const found = new Map<UniqueId, ModelNode>();
  const visit = (id: UniqueId): void => {
    for (const parent of nodes.get(id)?.dependsOn ?? []) {
      const node = nodes.get(parent);
      if (node?.resourceType !== 'model' || node.materialized !== 'ephemeral' || found.has(parent)) continue;
      found.set(parent, node);
      visit(parent);
    }
  };
  for (const id of ids) visit(id);
  return [...found.values()];
}

/** Writes manifest.json; `compiled` is the code of the nodes that were compiled. */
export async function writeManifest(
  files: ProjectFiles,
  manifest: Manifest,
  compiled: ReadonlyMap<UniqueId, string>,
  invocation: Invocation,
): Promise<void> {
  const selectors = selectorDefinitions(manifest.project.selectors);
  const texts = { compiled, seedChecksums: await seedChecksums(files, manifest), selectors };
  const path = `${manifest.project.config.targetPath}/manifest.json`;
  await files.write(path, jsonText(manifestArtifact(manifest, texts, invocation)));
}

/** dbt does not read a seed's file for its checksum when it is larger (core/dbt/constants.py, MAXIMUM_SEED_SIZE). */
const maximumSeedSize = 1024 * 1024;

/** SHA-256 of each seed's text without white space at its ends (core/dbt/parser/read_files.py). */
export async function seedChecksums(
  files: ProjectFiles,
  { nodes, disabled }: Manifest,
): Promise<ReadonlyMap<UniqueId, string>> {
  const seeds = [...nodes.values(), ...disabled].filter((node) => node.resourceType === 'seed');
  const found = seeds.map(async ({ uniqueId, originalFilePath }): Promise<(readonly [UniqueId, string])[]> => {
    const text = (await isSmall(files, originalFilePath)) ? await files.readText(originalFilePath) : undefined;
    return text === undefined ? [] : [[uniqueId, sha256(text.trim())]];
  });
  return new Map((await Promise.all(found)).flat());
}

async function isSmall(files: ProjectFiles, path: string): Promise<boolean> {
  let size = 0;
  for await (const chunk of (await files.stream(path)) ?? []) {
    size += chunk.length;
    if (size > maximumSeedSize) return false;
  }
  return true;
}
