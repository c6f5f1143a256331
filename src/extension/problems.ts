import * as vscode from 'vscode';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Range } from '../core/diagnostics/text.ts';
import { Disposable } from './disposable.ts';
import type { OpenProject } from './openProject.ts';
import type { DataProblem } from './quality/dataProblems.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/**
 * Puts diagnostics into the Problems view: those of reading the project, of the last run, and of the last check of the
 * data, each on their own.
 */
export class Problems extends Disposable {
  readonly #read = this._register(vscode.languages.createDiagnosticCollection('modelyard'));
  readonly #run = this._register(vscode.languages.createDiagnosticCollection('modelyard run'));
  readonly #data = this._register(vscode.languages.createDiagnosticCollection('modelyard data'));

  showRead(project: OpenProject, diagnostics: readonly Diagnostic[]): void {
    show(this.#read, project, diagnostics);
  }

  /** What a run found beyond what reading the project finds. */
  showRun(project: OpenProject, diagnostics: readonly Diagnostic[]): void {
    show(this.#run, project, diagnostics);
  }

  /** What is wrong with the rows of the data files, on their lines, and what else checking them found. */
  showData(project: OpenProject, rows: readonly DataProblem[], found: readonly Diagnostic[]): void {
    const diagnostics = found.map((one) => [one.file, editorDiagnostic(project, one)] as const);
    setAll(this.#data, project, [
      ...rows.map((one) => [one.file, rowDiagnostic(project, one)] as const),
      ...diagnostics,
    ]);
  }

  /** Takes back what was said of the rows of a file that has changed since. */
  forgetData(project: OpenProject, file: string): void {
    this.#data.delete(project.uriOf(file));
  }

  clearData(): void {
    this.#data.clear();
  }

  clear(): void {
    this.#read.clear();
    this.#run.clear();
    this.#data.clear();
  }
}

/** What reading the project finds anyway is not said twice: the diagnostics without it. */
export function beyondRead(found: readonly Diagnostic[], read: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set(read.map((one) => JSON.stringify(one)));
  return found.filter((one) => !said.has(JSON.stringify(one)));
}

/** A range of the core as the editor's. */
export function editorRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function show(collection: vscode.DiagnosticCollection, project: OpenProject, diagnostics: readonly Diagnostic[]): void {
  // A place such as `--select` is no file.
  const placed = diagnostics.filter((one) => !one.file.startsWith('--'));
  setAll(
    collection,
    project,
    placed.map((one) => [one.file, editorDiagnostic(project, one)]),
  );
}

function setAll(
  collection: vscode.DiagnosticCollection,
  project: OpenProject,
  found: readonly (readonly [file: string, diagnostic: vscode.Diagnostic])[],
): void {
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const [file, one] of found) {
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [one]);
    else known.push(one);
  }
  collection.clear();
  for (const [file, all] of byFile) collection.set(project.uriOf(file), all);
}

/** Longer than any line: an editor ends a range with its line. */
const lineEnd = 10_000;

function rowDiagnostic(project: OpenProject, one: DataProblem): vscode.Diagnostic {
  const range = new vscode.Range(one.line - 1, 0, one.line - 1, lineEnd);
  const found = new vscode.Diagnostic(range, one.message, severities[one.severity]);
  found.source = 'Modelyard';
  found.code = one.code;
  if (one.rule !== undefined) {
    const location = new vscode.Location(project.uriOf(one.rule.file), editorRange(one.rule.range));
    found.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, one.rule.title)];
  }
  return found;
}

function editorDiagnostic(project: OpenProject, one: Diagnostic): vscode.Diagnostic {
  const found = new vscode.Diagnostic(editorRange(one.range), one.message, severities[one.severity]);
  found.source = 'Modelyard';
  found.code = one.code;
  if (one.related !== undefined) {
    found.relatedInformation = one.related.map(
      ({ file, range, message }) =>
        new vscode.DiagnosticRelatedInformation(new vscode.Location(project.uriOf(file), editorRange(range)), message),
    );
  }
  return found;
}
