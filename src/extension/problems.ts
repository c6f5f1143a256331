import * as vscode from 'vscode';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Range } from '../core/diagnostics/text.ts';
import { Disposable } from './disposable.ts';
import type { OpenProject } from './openProject.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Puts diagnostics into the Problems view: those of reading the project, and those of the last run, on their own. */
export class Problems extends Disposable {
  readonly #read = this._register(vscode.languages.createDiagnosticCollection('modelyard'));
  readonly #run = this._register(vscode.languages.createDiagnosticCollection('modelyard run'));

  showRead(project: OpenProject, diagnostics: readonly Diagnostic[]): void {
    show(this.#read, project, diagnostics);
  }

  /** What a run found beyond what reading the project finds. */
  showRun(project: OpenProject, diagnostics: readonly Diagnostic[]): void {
    show(this.#run, project, diagnostics);
  }

  clear(): void {
    this.#read.clear();
    this.#run.clear();
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
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const one of diagnostics) {
    // A place such as `--select` is no file.
    if (one.file.startsWith('--')) continue;
    byFile.set(one.file, [...(byFile.get(one.file) ?? []), editorDiagnostic(project, one)]);
  }
  collection.clear();
  for (const [file, found] of byFile) collection.set(project.uriOf(file), found);
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
