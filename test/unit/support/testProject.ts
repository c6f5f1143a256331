import fs from 'node:fs';
import path from 'node:path';
import { customVariables } from '../../../src/cli/customVariables.ts';
import { neverCancelled, type Cancellation } from '../../../src/core/diagnostics/cancellation.ts';
import type { TemplateMessage } from '../../../src/core/compile/compileEnvironment.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import type { RunResults } from '../../../src/core/run/nodeResult.ts';
import type { RunEvent } from '../../../src/core/run/runEvent.ts';
import type { RunCommand } from '../../../src/core/run/runGraph.ts';
import type { SqlEngine, SqlValue } from '../../../src/core/run/sqlEngine.ts';
import { ModelyardProject } from '../../../src/core/service/modelyardProject.ts';
import type { ProjectOptions } from '../../../src/core/service/projectOptions.ts';
import { openEngine } from '../engine/testEngine.ts';
import { sampleFiles } from '../../../scripts/sampleFiles.mjs';
import { root } from '../root.ts';
import { MemoryProjectFiles } from './memoryProjectFiles.ts';

/** A project in memory on the real engine, with a clock that stands still and no environment but the one given. */
export interface TestProject {
  readonly project: ModelyardProject;
  readonly files: MemoryProjectFiles;
  /** Codes, files, lines (one-based) and messages of what reading the project finds: `code file:line message`. */
  faults(): Promise<readonly string[]>;
  run(command?: RunCommand, select?: readonly string[], more?: RunMore): Promise<TestRun>;
  /** Rows of a table, as SQLite has them. */
  rows(query: string): Promise<readonly (readonly SqlValue[])[]>;
}

export interface RunMore {
  readonly exclude?: readonly string[];
  readonly cancellation?: Cancellation;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface TestRun {
  readonly refused: boolean;
  readonly results: RunResults | undefined;
  /** Names of the nodes with how they ended, in the order of their ends. */
  readonly endings: readonly string[];
  readonly faults: readonly string[];
}

/** What a project needs beside its models: its name, and a profile for SQLite's own SQL or another dialect. */
export function projectTexts(texts: Readonly<Record<string, string>>, adapter = 'duckdb'): Record<string, string> {
  return {
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
    'profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: {type: ${adapter}, schema: main, threads: 1}\n`,
    ...texts,
  };
}

export interface TestProjectHost {
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly engine?: SqlEngine;
  /** Files to go on with, such as those that an earlier project left. */
  readonly files?: MemoryProjectFiles;
  /** Hears what templates say. */
  readonly say?: (message: TemplateMessage) => void;
}

export async function testProject(
  texts: Readonly<Record<string, string>>,
  options: Partial<ProjectOptions> & TestProjectHost = {},
): Promise<TestProject> {
  const files = options.files ?? new MemoryProjectFiles();
  for (const [path, text] of Object.entries(texts)) files.set(path, text);
  const engine = options.engine ?? (await openEngine());
  const project = new ModelyardProject(
    {
      files,
      engine,
      clock: { now: () => Date.UTC(2024, 5, 1) },
      environmentVariable: (name) => options.environment?.[name],
      customVariables: () => customVariables(options.environment ?? {}),
      newId: () => '00000000-0000-4000-8000-000000000000',
      profiles: () => Promise.resolve(undefined),
      ...(options.say === undefined ? {} : { say: options.say }),
    },
    { ...options, targetName: options.targetName, vars: options.vars ?? {} },
  );
  return {
    project,
    files,
    faults: async () => {
      project.changed();
      return (await project.read()).diagnostics.map(faultLine);
    },
    run: async (command = 'build', select = [], { exclude = [], cancellation = neverCancelled, onEvent } = {}) => {
      project.changed();
      const ignore = (): void => undefined;
      const request = { command, select, exclude, cancellation, onEvent: onEvent ?? ignore };
      const outcome = await project.run(request);
      const results = outcome.kind === 'ran' ? outcome.results : undefined;
      return {
        refused: outcome.kind === 'refused',
        results,
        endings: (results?.results ?? []).map(({ node, status }) => `${node.name} ${status}`),
        faults: outcome.diagnostics.map(faultLine),
      };
    },
    rows: async (query) => (await engine.query(query)).rows,
  };
}

/** `code file:line message`, with a one-based line. */
export function faultLine({ code, file, range, message }: Diagnostic): string {
  return `${code} ${file}:${String(range.start.line + 1)} ${message}`;
}

/** The sample project as it is shipped, without the folder that it is written into. */
export function sampleProjectTexts(): Record<string, string> {
  const folder = 'dbt_project/';
  const own = sampleFiles(root).filter(({ to }) => to.startsWith(folder));
  return Object.fromEntries(
    own.map(({ from, to }) => [to.slice(folder.length), fs.readFileSync(path.join(root, from), 'utf8')]),
  );
}
