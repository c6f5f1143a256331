import { invocationOf } from '../artifacts/artifactMetadata.ts';
import { jsonText } from '../artifacts/json.ts';
import { sourcesArtifact } from '../artifacts/sourcesArtifact.ts';
import type { SourceNode } from '../compile/manifest.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasFreshness } from '../project/sourceFreshness.ts';
import { measureFreshness, type Freshness } from '../run/measureFreshness.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** What is told while sources are looked at. */
export type FreshnessEvent =
  | { readonly kind: 'selected'; readonly sources: readonly SourceNode[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'started'; readonly source: SourceNode; readonly index: number; readonly total: number }
  | { readonly kind: 'finished'; readonly result: Freshness; readonly index: number; readonly total: number };

export interface FreshnessRequest extends SelectionRequest {
  readonly cancellation: Cancellation;
  readonly onEvent: (event: FreshnessEvent) => void;
  /** Writes the artifact elsewhere than into the target folder. */
  readonly write?: (text: string) => Promise<void>;
}

/** `refused`: nothing was looked at, and the diagnostics say why. */
export type FreshnessOutcome =
  | { readonly kind: 'measured'; readonly results: readonly Freshness[]; readonly seconds: number }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Loads the selected sources that have a freshness, judges how old their youngest rows are, and writes sources.json
 * (`dbt source freshness`). Rejects with `Cancelled`.
 */
export async function sourceFreshness(project: ModelyardProject, request: FreshnessRequest): Promise<FreshnessOutcome> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined || hasErrors(diagnostics)) return { kind: 'refused', diagnostics };
  const selected = project.select(manifest, request);
  if (hasErrors(selected.diagnostics)) return { kind: 'refused', diagnostics: selected.diagnostics };
  const sources = [...selected.value].sort().flatMap((id): readonly SourceNode[] => {
    const node = manifest.nodes.get(id);
    return node?.resourceType === 'source' && hasFreshness(node.config) ? [node] : [];
  });
  request.onEvent({ kind: 'selected', sources, diagnostics: selected.diagnostics });
  const { clock, files } = project.host;
  const beganAt = clock.now();
  const ids = sources.map(({ uniqueId }) => uniqueId);
  const progress = { cancellation: request.cancellation, onEvent: () => undefined };
  return project.withBuilt(manifest, ids, progress, async (open, { sourceFaults }) => {
    const results: Freshness[] = [];
    for (const [i, source] of sources.entries()) {
      const turn = { index: i + 1, total: sources.length };
      request.onEvent({ kind: 'started', source, ...turn });
      const faults = sourceFaults.filter((fault) => isOf(fault, source));
      const { engine } = project.host;
      const result =
        faults.length > 0
          ? notLoaded(source, faults, clock.now())
          : await measureFreshness({ ...open, engine, clock }, source);
      results.push(result);
      request.onEvent({ kind: 'finished', result, ...turn });
    }
    const seconds = (clock.now() - beganAt) / 1000;
    const text = jsonText(sourcesArtifact(results, seconds, invocationOf(open.environment)));
    const path = `${manifest.project.config.targetPath}/sources.json`;
    await (request.write === undefined ? files.write(path, text) : request.write(text));
    return { kind: 'measured', results, seconds };
  });
}

function isOf({ file, range }: Diagnostic, source: SourceNode): boolean {
  const isDeclared = file === source.originalFilePath && range.start.line === source.range.start.line;
  return file === source.dataFile || isDeclared;
}

function notLoaded(source: SourceNode, diagnostics: readonly Diagnostic[], now: number): Freshness {
  const times = { maxLoadedAt: undefined, snapshottedAt: now, startedAt: now, completedAt: now };
  return { source, status: 'runtime error', ...times, message: diagnostics[0]?.message, diagnostics };
}
