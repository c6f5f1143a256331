import { nodesInState, stateSelectors } from '../artifacts/changedNodes.ts';
import { readPreviousState, type PreviousState, type StateTexts } from '../artifacts/previousState.ts';
import type { Manifest } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { StateLookup } from '../select/evaluateSelection.ts';
import { seedChecksums } from './writeArtifacts.ts';

/** Answers `state:`, `result:` and `source_status:` from the artifacts of another run. */
export async function stateLookup(
  files: ProjectFiles,
  manifest: Manifest,
  texts: Omit<StateTexts, 'currentSources'>,
): Promise<StateLookup> {
  const currentSources = await files.readText(`${manifest.project.config.targetPath}/sources.json`);
  const before = readPreviousState({ ...texts, currentSources });
  const checksums = await seedChecksums(files, manifest);
  return (method, value) => {
    switch (method) {
      case 'state':
        return inState(manifest, before, checksums, value);
      case 'result':
        return before.statuses === undefined
          ? missing('No comparison run_results')
          : found([...before.statuses].filter(([, status]) => status === value).map(([id]) => id));
      case 'source_status':
        return fresher(before, value);
    }
  };
}

function inState(
  manifest: Manifest,
  before: PreviousState,
  checksums: ReadonlyMap<UniqueId, string>,
  value: string,
): Outcome<ReadonlySet<UniqueId>> {
  const { nodes, macros } = before;
  if (nodes === undefined) return missing('Got a state selector method, but no comparison manifest');
  const selector = stateSelectors.find((one) => one === value);
  if (selector !== undefined) return found(nodesInState(manifest, { nodes, macros }, checksums, selector));
  const fault = diagnostic('compile.stateValue', { value, known: stateSelectors }, { file: '--select' });
  return { value: new Set(), diagnostics: [fault] };
}

/** The sources that were loaded later than then, and those that were not there then; `fresher` is dbt's one value. */
function fresher({ loadedAt, loadedNow }: PreviousState, value: string): Outcome<ReadonlySet<UniqueId>> {
  if (loadedAt === undefined) return missing('No previous state comparison freshness results in sources.json');
  if (loadedNow === undefined) return missing('No current state comparison freshness results in sources.json');
  if (value !== 'fresher') return found([]);
  const isFresher = ([id, loaded]: readonly [UniqueId, string]): boolean => {
    const then = loadedAt.get(id);
    return then === undefined || Date.parse(loaded) > Date.parse(then);
  };
  return found([...loadedNow].filter(isFresher).map(([id]) => id));
}

function found(ids: Iterable<UniqueId>): Outcome<ReadonlySet<UniqueId>> {
  return { value: new Set(ids), diagnostics: [] };
}

function missing(detail: string): Outcome<ReadonlySet<UniqueId>> {
  return { value: new Set(), diagnostics: [diagnostic('compile.withoutState', { detail }, { file: '--state' })] };
}
