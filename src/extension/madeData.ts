import type * as vscode from 'vscode';
import type { OpenProject } from './openProject.ts';

const key = 'modelyard.madeData';

/**
 * Remembers for a workspace which data files Modelyard has made, and in which version: whatever else stands in a data
 * file is the user's own, and is not replaced without a question.
 */
export class MadeData {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Those of a project's files that are there and that Modelyard has not made, or that have changed since. */
  async foreign(project: OpenProject, files: readonly string[]): Promise<readonly string[]> {
    const made = this.#versions();
    const found = await Promise.all(
      files.map(async (file) => {
        const version = await project.service.host.files.version(file);
        return version === undefined || version === made[uriOf(project, file)] ? [] : [file];
      }),
    );
    return found.flat();
  }

  /** Says that files of a project are now as Modelyard made them. */
  async made(project: OpenProject, files: readonly string[]): Promise<void> {
    const versions = { ...this.#versions() };
    for (const file of files) {
      const version = await project.service.host.files.version(file);
      if (version !== undefined) versions[uriOf(project, file)] = version;
    }
    await this.#memory.update(key, versions);
  }

  #versions(): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(key, {});
  }
}

function uriOf(project: OpenProject, file: string): string {
  return project.uriOf(file).toString();
}
