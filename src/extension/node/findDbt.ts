import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isSupported, versionIn, type DbtPlaces, type DbtSearch } from '../dbt/dbtProgram.ts';

const windows = process.platform === 'win32';
const programName = windows ? 'dbt.exe' : 'dbt';
const versionTimeoutMs = 60_000;

/** Finds dbt: the setting, the chosen Python's environment, a .venv of the folder or the one around it, then PATH. */
export async function findDbt(places: DbtPlaces): Promise<DbtSearch> {
  const { setting, python, folder } = places;
  if (setting !== '') return asked(setting);
  const beside = python === undefined ? [] : [path.join(path.dirname(python), programName)];
  const environments = [folder, path.dirname(folder)].map((one) =>
    path.join(one, '.venv', windows ? 'Scripts' : 'bin', programName),
  );
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((one) => one !== '')
    .map((one) => path.join(one, programName));
  for (const candidate of [...beside, ...environments, ...onPath]) {
    if (await isProgram(candidate)) return asked(candidate);
  }
  const reason =
    'dbt was not found in the chosen Python environment, in a .venv of the project, or on PATH. ' +
    'Install it (pip install dbt-core with the adapter of your warehouse), or set modelyard.dbtPath.';
  return { kind: 'missing', reason };
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, windows ? fs.constants.F_OK : fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Asks a program for its version: arguments are never put through a shell. */
async function asked(program: string): Promise<DbtSearch> {
  if (!(await isProgram(program))) return { kind: 'missing', reason: `There is no program ${program}.` };
  const output = await new Promise<string | undefined>((resolve) => {
    execFile(program, ['--version'], { timeout: versionTimeoutMs }, (error, stdout, stderr) => {
      resolve(error === null ? `${stdout}\n${stderr}` : undefined);
    });
  });
  const version = output === undefined ? undefined : versionIn(output);
  if (version === undefined) return { kind: 'missing', reason: `${program} does not answer --version as dbt does.` };
  if (!isSupported(version))
    return { kind: 'missing', reason: `${program} is dbt ${version}: 1.7 or later is needed.` };
  return { kind: 'found', program: { path: program, version } };
}
