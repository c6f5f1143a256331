import type { UniqueId } from '../project/uniqueId.ts';
import { objectAt, objectsAt, parsedObject, type JsonObject } from './jsonObject.ts';

/** The artifacts of another run, as the texts of their files; undefined where there is none. */
export interface StateTexts {
  readonly manifest: string | undefined;
  readonly runResults: string | undefined;
  readonly sources: string | undefined;
  /** sources.json of this project, which that of the state is compared with. */
  readonly currentSources: string | undefined;
}

/** What another run left (dbt-core: contracts/state.py); a part is undefined where there is no such file. */
export interface PreviousState {
  readonly nodes: ReadonlyMap<UniqueId, JsonObject> | undefined;
  /** Text of each macro, by its id. */
  readonly macros: ReadonlyMap<string, unknown>;
  /** How each node ended. */
  readonly statuses: ReadonlyMap<UniqueId, unknown> | undefined;
  /** When each source was last loaded, then and now. */
  readonly loadedAt: ReadonlyMap<UniqueId, string> | undefined;
  readonly loadedNow: ReadonlyMap<UniqueId, string> | undefined;
}

/** Reads the artifacts of another run, whoever wrote them. */
export function readPreviousState(texts: StateTexts): PreviousState {
  const manifest = parsedObject(texts.manifest);
  const macros = Object.entries(objectAt(manifest, 'macros')) as [string, JsonObject][];
  const results = objectsAt(parsedObject(texts.runResults), 'results');
  return {
    nodes: texts.manifest === undefined ? undefined : manifestEntries(texts.manifest),
    macros: new Map(macros.map(([id, macro]) => [id, macro['macro_sql']])),
    statuses:
      texts.runResults === undefined
        ? undefined
        : new Map(results.map((result) => [String(result['unique_id']) as UniqueId, result['status']])),
    loadedAt: loadedOf(texts.sources),
    loadedNow: loadedOf(texts.currentSources),
  };
}

/** The nodes of a manifest.json, by id. */
export function manifestEntries(text: string): ReadonlyMap<UniqueId, JsonObject> {
  const manifest = parsedObject(text);
  const kinds = ['nodes', 'sources', 'exposures', 'unit_tests'];
  return new Map(kinds.flatMap((kind) => Object.entries(objectAt(manifest, kind)) as [UniqueId, JsonObject][]));
}

function loadedOf(text: string | undefined): ReadonlyMap<UniqueId, string> | undefined {
  if (text === undefined) return undefined;
  return new Map(
    objectsAt(parsedObject(text), 'results').flatMap((result): (readonly [UniqueId, string])[] => {
      const { unique_id: id, max_loaded_at: loaded } = result;
      return typeof id === 'string' && typeof loaded === 'string' ? [[id as UniqueId, loaded]] : [];
    }),
  );
}
