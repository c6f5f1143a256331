import type { Invocation } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { compiledPath, manifestArtifact } from '../artifacts/manifestArtifact.ts';
import { runResultsArtifact } from '../artifacts/runResultsArtifact.ts';
import { isSqlNode, type Manifest } from '../compile/manifest.ts';
import { sha256 } from '../compile/sha256.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { RunResults } from '../run/nodeResult.ts';

export type ArtifactRequest = Invocation;

/** An editor's files may be on another machine, where each write is a way there and back: many go together. */
const filesAtOnce = 32;

/** Writes manifest.json, run_results.json and the compiled and executed SQL of a run, each file whole. */
export async function writeArtifacts(
  files: ProjectFiles,
  manifest: Manifest,
  results: RunResults,
  invocation: ArtifactRequest,
): Promise<void> {
  const { target, config } = manifest.project;
  const compiled = new Map(
    results.results.flatMap(({ node, compiledCode }) =>
      compiledCode === undefined ? [] : [[node.uniqueId, compiledCode] as const],
    ),
  );
  const texts = results.results.flatMap(({ node, compiledCode, executedSql }): (readonly [string, string])[] => {
    if (!isSqlNode(node)) return [];
    return [
      ...(compiledCode === undefined ? [] : [[compiledPath(manifest, node), compiledCode] as const]),
      ...(executedSql === undefined ? [] : [[compiledPath(manifest, node, 'run'), executedSql] as const]),
    ];
  });
  for (let from = 0; from < texts.length; from += filesAtOnce) {
    await Promise.all(texts.slice(from, from + filesAtOnce).map(([path, text]) => files.write(path, text)));
  }
  const artifacts = {
    manifest: manifestArtifact(manifest, { compiled, seedChecksums: await seedChecksums(files, manifest) }, invocation),
    run_results: runResultsArtifact(results, target, invocation),
  };
  for (const [name, artifact] of Object.entries(artifacts)) {
    await files.write(`${config.targetPath}/${name}.json`, jsonText(artifact));
  }
}

/** dbt does not read a seed's file for its checksum when it is larger (core/dbt/constants.py, MAXIMUM_SEED_SIZE). */
const maximumSeedSize = 1024 * 1024;

/** SHA-256 of each seed's text without white space at its ends (core/dbt/parser/read_files.py). */
async function seedChecksums(files: ProjectFiles, { nodes }: Manifest): Promise<ReadonlyMap<UniqueId, string>> {
  const seeds = [...nodes.values()].filter((node) => node.resourceType === 'seed');
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
