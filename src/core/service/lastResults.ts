import { readResults } from '../artifacts/readResults.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { NodeResult } from '../run/nodeResult.ts';

/** How each node ended when it was last run, in this session or, as far as it still holds, in an earlier one. */
export class LastResults {
  readonly #files: ProjectFiles;
  readonly #byId = new Map<UniqueId, NodeResult>();
  #isRecalled = false;

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  get byId(): ReadonlyMap<UniqueId, NodeResult> {
    return this.#byId;
  }

  put(results: readonly NodeResult[]): void {
    for (const result of results) this.#byId.set(result.node.uniqueId, result);
  }

  /** Takes up how nodes ended in an earlier session, once. */
  async recall(manifest: Manifest): Promise<void> {
    if (this.#isRecalled) return;
    this.#isRecalled = true;
    await this.take(manifest);
  }

  /** Takes up how nodes ended by the artifacts in the target folder, and gives that. */
  async take(manifest: Manifest): Promise<readonly NodeResult[]> {
    const { targetPath } = manifest.project.config;
    const [runResults, earlier] = await Promise.all(
      ['run_results', 'manifest'].map((name) => this.#files.readText(`${targetPath}/${name}.json`)),
    );
    const results = readResults({ runResults, manifest: earlier }, manifest);
    this.put(results);
    return results;
  }
}
