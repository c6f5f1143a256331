import type { Manifest } from '../compile/manifest.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { SelectionRequest } from '../select/selectNodes.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** A project that can be used, and the nodes of it that a request names. */
export interface ReadSelection {
  readonly manifest: Manifest;
  readonly selected: ReadonlySet<UniqueId>;
}

/** Reads the project and selects; without a value one of the two has errors, and the diagnostics are its own. */
export async function readSelection(
  project: ModelyardProject,
  request: SelectionRequest,
): Promise<Outcome<ReadSelection | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const { value: selected, diagnostics: found } = project.select(manifest, request);
  if (hasErrors(found)) return { value: undefined, diagnostics: found };
  return { value: { manifest, selected }, diagnostics: [...diagnostics, ...found] };
}
