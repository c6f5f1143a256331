import { buildManifest } from '../compile/buildManifest.ts';
import type { Manifest, SourceNode } from '../compile/manifest.ts';
import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { readFixtureCsv } from '../compile/fixtureCsv.ts';
import { utf8Text } from '../datagen/utf8.ts';
import { declaredKind, kindOfValues } from '../export/columnKinds.ts';
import { loadScript, type LoadedTable } from '../export/loadScript.ts';
import { isPortabilityText, portabilityFindings, portabilityText } from '../export/portability.ts';
import { profilesText } from '../export/profilesText.ts';
import { readmeText } from '../export/readmeText.ts';
import { isWarehouseType, warehouses, warehouseTypes, type WarehouseType } from '../export/warehouse.ts';
import { Memo } from '../project/memo.ts';
import { resourcePaths } from '../project/projectConfig.ts';
import type { Project } from '../project/project.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { isProjectCsv } from '../project/externalLocation.ts';
import { ownProfiles } from '../project/readTarget.ts';
import type { ModelyardProject } from './modelyardProject.ts';
import { projectOutputs } from './projectProfiles.ts';

export interface ExportRequest {
  readonly warehouse: WarehouseType;
  /** Name of the output in profiles.yml. */
  readonly targetName: string;
}

/** What a name stands for: a target of the profile, or a warehouse that no target is for. */
export async function exportRequest(
  project: ModelyardProject,
  name: string,
): Promise<Outcome<ExportRequest | undefined>> {
  const warehouse = (await projectOutputs(project)).get(name) ?? name;
  if (isWarehouseType(warehouse)) return { value: { warehouse, targetName: name }, diagnostics: [] };
  const params = { name, known: warehouseTypes };
  return {
    value: undefined,
    diagnostics: [diagnostic('export.unknownWarehouse', params, { file: ownProfiles })],
  };
}

/** What was exported: the files that were written, and what would not run there. */
export interface Exported {
  readonly files: readonly string[];
  /** The file that says how it is run. */
  readonly readme: string;
  readonly findings: readonly Diagnostic[];
}

const report = 'PORTABILITY.md';

/**
 * Writes the project into a folder as dbt runs it on a warehouse: its own files as they are, profiles.yml, the data with
 * a script that loads it, requirements.txt, a README and what would not run there. Nothing that an earlier export did
 * not write is replaced.
 */
export async function exportProject(
  project: ModelyardProject,
  folder: ProjectFiles,
  { warehouse, targetName }: ExportRequest,
): Promise<Outcome<Exported | undefined>> {
  const read = await project.read();
  if (read.manifest === undefined || read.project === undefined || hasErrors(read.diagnostics)) {
    return { value: undefined, diagnostics: read.diagnostics };
  }
  const { manifest } = read;
  const { files } = project.host;
  const environment = project.environment();
  const there = buildManifest(retargeted(read.project, warehouse, targetName), environment, new Memo()).value;
  const findings = portabilityFindings(there, environment, warehouse);
  const sources = [...manifest.nodes.values()].filter((node): node is SourceNode => node.resourceType === 'source');
  const loaded = await loadedTables(files, sources, warehouse);
  const load = loadScript(warehouse, loaded);
  const { config, target } = manifest.project;
  const readme = manifest.project.files.includes('README.md') ? 'EXPORT.md' : 'README.md';
  const made = new Map<string, string>([
    [ownProfiles, profilesText({ profileName: target.profileName, targetName, warehouse, target })],
    ['requirements.txt', [...warehouses[warehouse].requirements, ''].join('\n')],
    [readme, readmeText(config.name, warehouse, load)],
    [report, portabilityText(findings, warehouse)],
    ...(load === undefined ? [] : [[load.path, load.text] as const]),
  ]);
  const data = sources.flatMap(({ dataFile }) => (dataFile === undefined || !isProjectCsv(dataFile) ? [] : [dataFile]));
  const copied = [...new Set([...ownFiles(manifest), ...data])].filter((file) => !made.has(file)).sort();
  const occupied = await inTheWay(folder, [...made.keys(), ...copied]);
  if (occupied !== undefined) {
    return { value: undefined, diagnostics: [diagnostic('export.occupied', { file: occupied }, { file: occupied })] };
  }
  for (const file of copied) await copy(files, folder, file);
  for (const [file, text] of made) await folder.write(file, text);
  return { value: { files: [...copied, ...made.keys()].sort(), readme, findings }, diagnostics: read.diagnostics };
}

/** The project as it is read when the warehouse's adapter runs it. */
function retargeted(project: Project, warehouse: WarehouseType, name: string): Project {
  const target = { ...project.target, type: warehouse, name };
  return { ...project, target, packages: project.packages.map((one) => ({ ...one, target })) };
}

const rootFiles = [
  'dbt_project.yml',
  'packages.yml',
  'dependencies.yml',
  'package-lock.yml',
  'selectors.yml',
  'README.md',
];

/** What belongs to the dbt project: its own YAML, and everything below its paths and those of local packages. */
function ownFiles({ project }: Manifest): readonly string[] {
  const { config, files, packages } = project;
  const local = packages.map(({ folder }) => folder).filter((folder) => !folder.startsWith(`${config.packagesPath}/`));
  const folders = [...resourcePaths(config).map((path) => `${path}/`), ...local];
  return files.filter((file) => rootFiles.includes(file) || folders.some((folder) => file.startsWith(folder)));
}

/** The first of the files that is there and that no earlier export wrote. */
async function inTheWay(folder: ProjectFiles, wanted: readonly string[]): Promise<string | undefined> {
  const earlier = await folder.readText(report);
  if (earlier !== undefined && isPortabilityText(earlier)) return undefined;
  const present = new Set(await folder.list());
  return wanted.find((file) => present.has(file));
}

async function copy(from: ProjectFiles, to: ProjectFiles, file: string): Promise<void> {
  const bytes = await from.stream(file);
  if (bytes === undefined) return;
  const sink = await to.openWrite(file);
  try {
    for await (const chunk of bytes) await sink.write(chunk);
  } catch (error) {
    await sink.abort();
    throw error;
  }
  await sink.commit();
}

/** The tables that a script must load; dbt-duckdb reads a CSV itself where the project says where it is. */
async function loadedTables(
  files: ProjectFiles,
  sources: readonly SourceNode[],
  warehouse: WarehouseType,
): Promise<readonly LoadedTable[]> {
  const tables: LoadedTable[] = [];
  for (const source of sources) {
    const { dataFile, relation } = source;
    if (dataFile === undefined || !isProjectCsv(dataFile)) continue;
    if (warehouse === 'duckdb' && isLocated(source)) continue;
    const sample = readFixtureCsv(await opening(files, dataFile)).slice(0, sampledRows);
    const columns = [...(sample[0]?.keys() ?? source.columns.map(({ name }) => name))].map((name) => {
      const declared = source.columns.find((one) => one.name.toLowerCase() === name.toLowerCase())?.dataType;
      const kind = declared === undefined ? undefined : declaredKind(declared);
      return { name, kind: kind ?? kindOfValues(sample.map((row) => row.get(name) ?? '')) };
    });
    tables.push({ schema: relation.schema, name: relation.identifier, file: dataFile, columns });
  }
  return tables;
}

function isLocated({ config }: SourceNode): boolean {
  const { meta } = config;
  return (
    config['external_location'] !== undefined ||
    (typeof meta === 'object' && meta !== null && 'external_location' in meta)
  );
}

const sampledRows = 1000;

/** The text of the first piece of a file, up to its last whole line. */
async function opening(files: ProjectFiles, file: string): Promise<string> {
  const stream = await files.stream(file);
  if (stream === undefined) return '';
  for await (const chunk of stream) {
    const head = chunk.subarray(0, 65_536);
    const end = head.lastIndexOf(10) + 1;
    return utf8Text(end === 0 ? head : head.subarray(0, end)).replace(/^\uFEFF/, '');
  }
  return '';
}
