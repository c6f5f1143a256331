/** A dbt that can be run. */
export interface DbtProgram {
  readonly path: string;
  /** `1.11.14`, or that of dbt 2. */
  readonly version: string;
}

/** What looking for dbt gave: the program, or why there is none, in a sentence. */
export type DbtSearch =
  { readonly kind: 'found'; readonly program: DbtProgram } | { readonly kind: 'missing'; readonly reason: string };

/** Where dbt is looked for, the first first. */
export interface DbtPlaces {
  /** `modelyard.dbtPath`; empty when it is not set. */
  readonly setting: string;
  /** The Python that is chosen in the editor; undefined when none is. */
  readonly python: string | undefined;
  /** The project's folder, whose .venv is looked into, and that around it. */
  readonly folder: string;
}

const oldest = [1, 7] as const;

/** The version that `dbt --version` tells: of dbt-core 1.x, or of dbt 2. Undefined for what is no dbt. */
export function versionIn(output: string): string | undefined {
  const core = /Core:\s*\n\s*-\s*installed:\s*(\d+\.\d+\.\d+\S*)/.exec(output)?.[1];
  return core ?? /\bdbt(?:-\w+)?\s+v?(\d+\.\d+\.\d+\S*)/i.exec(output)?.[1];
}

/** True for a version whose artifacts can be read. */
export function isSupported(version: string): boolean {
  const [major, minor] = parts(version);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** 1 for dbt-core in Python, 2 for dbt in Rust. */
export function majorOf(version: string): number {
  return parts(version)[0];
}

function parts(version: string): readonly [number, number] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return [major, minor];
}

/** One call of a program. */
export interface ProgramCall {
  readonly program: string;
  /** Passed as they are: no shell reads them. */
  readonly args: readonly string[];
  readonly folder: string;
}

export interface RunningProgram {
  /** The exit code; undefined when it was ended from outside, or could not be started. */
  readonly ended: Promise<number | undefined>;
  end(): void;
}

/** Gives a folder that is there as long as it is used, for what is not to be kept. */
export type WithScratch = <T>(use: (folder: string) => Promise<T>) => Promise<T>;

/** Starts a program, and hears what it writes to its standard output and to its standard error. */
export type RunProgram = (call: ProgramCall, onText: (text: string, stream: 'out' | 'error') => void) => RunningProgram;

/** A host that can run programs. */
export interface ProgramHost {
  readonly run: RunProgram;
  readonly withScratch: WithScratch;
}
