import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { PlainMap } from './plainValue.ts';
import { renderYaml, type RenderText } from './renderYaml.ts';
import type { Target } from './target.ts';
import { entryOf, parseYaml, plainOf, textOf, type YamlEntry, type YamlNode } from './yamlNode.ts';

/** A profiles.yml: the name that messages give it, and its text. */
export interface ProfilesFile {
  readonly file: string;
  readonly text: string;
}

/** A project's own profiles.yml. */
export const ownProfiles = 'profiles.yml';

/** The file that counts: one from another folder before the project's own. */
export function chosenProfiles(given: ProfilesFile | undefined, own: string | undefined): ProfilesFile | undefined {
  return given ?? (own === undefined ? undefined : { file: ownProfiles, text: own });
}

export interface TargetRequest {
  readonly profileName: string | undefined;
  /** `--target`; the profile's own `target` when not given. */
  readonly targetName: string | undefined;
  readonly profiles: ProfilesFile | undefined;
}

/** Settings that a model may see as `target.x`, and that are rendered. Everything else may be a secret: it is not read. */
const visibleSettings = new Set([
  'type',
  'threads',
  'schema',
  'dataset',
  'database',
  'dbname',
  'project',
  'catalog',
  'warehouse',
  'role',
  'account',
  'host',
  'port',
  'user',
  'path',
  'method',
  'location',
  'region',
]);

/** Models without a profile are read as SQL of DuckDB, the adapter that people without a warehouse use. */
const standIn: Target = {
  profileName: 'default',
  name: 'dev',
  type: 'duckdb',
  schema: 'main',
  database: 'database',
  threads: 1,
  settings: { type: 'duckdb', schema: 'main' },
};

/**
 * Finds the target in profiles.yml. Without a file or the profile in it a stand-in is given with a note, since the
 * embedded engine needs no connection; a target that was asked for by name and is not there is an error.
 */
export function readTarget(request: TargetRequest, render: RenderText): Outcome<Target> {
  const { profiles } = request;
  const profileName = request.profileName ?? standIn.profileName;
  const missing = { ...standIn, profileName, name: request.targetName ?? standIn.name };
  if (profiles === undefined) {
    return {
      value: missing,
      diagnostics: [diagnostic('project.profilesMissing', { profileName }, { file: 'dbt_project.yml' })],
    };
  }
  const { file, text } = profiles;
  const { value: root, diagnostics } = parseYaml(text, file);
  if (root === undefined) return { value: missing, diagnostics };
  const profile = entryOf(root, profileName);
  if (profile === undefined) {
    return { value: missing, diagnostics: [diagnostic('project.profileMissing', { profileName, file }, { file })] };
  }
  return readProfile(profile, { ...request, profileName, file }, missing, render);
}

/** The outputs of a profile by name, and their adapters; nothing of a connection is looked at. */
export function profileOutputs({ file, text }: ProfilesFile, profileName: string): ReadonlyMap<string, string> {
  const outputs = entryOf(entryOf(parseYaml(text, file).value, profileName), 'outputs');
  const entries = outputs?.kind === 'map' ? outputs.entries : [];
  return new Map(entries.flatMap(({ key, value }) => [[key, textOf(entryOf(value, 'type')) ?? ''] as const]));
}

function readProfile(
  profile: YamlNode,
  request: TargetRequest & { readonly profileName: string; readonly file: string },
  missing: Target,
  render: RenderText,
): Outcome<Target> {
  const { profileName, file } = request;
  const chosen = entryOf(profile, 'target');
  const byProfile = chosen === undefined ? undefined : renderYaml(chosen, render);
  const name = request.targetName ?? textOf(byProfile?.value) ?? 'default';
  const outputs = entryOf(profile, 'outputs');
  const output = entryOf(outputs, name);
  if (output?.kind !== 'map') {
    const names = outputs?.kind === 'map' ? outputs.entries.map((entry) => entry.key) : [];
    const found = diagnostic('project.targetMissing', { name, profileName, names }, { file, range: profile.range });
    return { value: missing, diagnostics: [...(byProfile?.diagnostics ?? []), found] };
  }
  const { value: settings, diagnostics } = visibleOf(output.entries, render);
  return { value: targetOf(profileName, name, settings), diagnostics };
}

function visibleOf(entries: readonly YamlEntry[], render: RenderText): Outcome<PlainMap> {
  const diagnostics: Diagnostic[] = [];
  const settings = entries.flatMap(({ key, value }) => {
    if (!visibleSettings.has(key)) return [];
    const rendered = renderYaml(value, render);
    diagnostics.push(...rendered.diagnostics.map((one) => unset(one, key)));
    return rendered.diagnostics.some(isUnset) ? [] : [[key, plainOf(rendered.value)] as const];
  });
  return { value: Object.fromEntries(settings), diagnostics };
}

function isUnset({ code }: Diagnostic): boolean {
  return code === 'compile.requiredEnvVar';
}

/** Settings that say where models are built, or in whose SQL they are written. */
const placing = new Set(['type', 'schema', 'dataset', 'database', 'dbname', 'project', 'catalog']);

/** Only the warehouse needs what is not set: the embedded engine goes on without it, where dbt stops. */
function unset(found: Diagnostic, key: string): Diagnostic {
  if (!isUnset(found)) return found;
  return { ...found, severity: placing.has(key) ? 'warning' : 'information' };
}

function targetOf(profileName: string, name: string, settings: PlainMap): Target {
  const text = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => settings[key]).find((value): value is string => typeof value === 'string');
  const threads = settings['threads'];
  return {
    profileName,
    name,
    type: text('type') ?? standIn.type,
    schema: text('schema', 'dataset') ?? 'main',
    database: text('database', 'dbname', 'project', 'catalog') ?? 'database',
    threads: typeof threads === 'number' ? threads : 1,
    settings,
  };
}
