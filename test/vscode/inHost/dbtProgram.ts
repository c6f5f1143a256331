import * as vscode from 'vscode';
import type { DbtAnswers, DbtSummary } from '../../../src/extension/features/runWithDbtFeature.ts';

const { process } = globalThis as {
  process?: { env?: Readonly<Record<string, string | undefined>>; execPath?: string };
};

/** A real dbt with DuckDB: undefined where there is none to be had. */
export interface RealDbt {
  readonly name: string;
  readonly program: string | undefined;
}

/** The two, where the checks have them. */
export const realDbts: readonly RealDbt[] = [
  { name: 'dbt-core', program: process?.env?.['MODELYARD_TEST_DBT'] },
  { name: 'dbt 2', program: process?.env?.['MODELYARD_TEST_DBT2'] },
];

/** A program that is no dbt; undefined in the browser's host, which runs none. */
export const otherProgram = process?.execPath;

/** Sets the dbt that the commands run; undefined for none. */
export async function useDbt(path: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('modelyard').update('dbtPath', path, vscode.ConfigurationTarget.Global);
}

/** "Run with dbt…" with its answers given. */
export async function runWithDbt(answers: DbtAnswers): Promise<DbtSummary> {
  return vscode.commands.executeCommand<DbtSummary>('modelyard.runWithDbt', answers);
}
