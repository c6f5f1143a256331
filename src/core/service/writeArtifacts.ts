import type { Invocation } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { compiledPath, manifestArtifact } from '../artifacts/manifestArtifact.ts';
import { runResultsArtifact } from '../artifacts/runResultsArtifact.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { RunResults } from '../run/nodeResult.ts';

export type ArtifactRequest = Invocation;

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
  for (const { node, compiledCode, executedSql } of results.results) {
    if (node.resourceType !== 'model' && node.resourceType !== 'test') continue;
    if (compiledCode !== undefined) await files.write(compiledPath(manifest, node), compiledCode);
    if (executedSql !== undefined) await files.write(compiledPath(manifest, node, 'run'), executedSql);
  }
  const artifacts = {
    manifest: manifestArtifact(manifest, compiled, invocation),
    run_results: runResultsArtifact(results, target, invocation),
  };
  for (const [name, artifact] of Object.entries(artifacts)) {
    await files.write(`${config.targetPath}/${name}.json`, jsonText(artifact));
  }
}
