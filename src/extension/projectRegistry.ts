import * as vscode from 'vscode';
import { inBackground } from './background.ts';
import { Disposable } from './disposable.ts';
import type { ExtensionHost } from './extensionHost.ts';
import { OpenProject } from './openProject.ts';

const projectFile = 'dbt_project.yml';
const leftOut = new Set(['node_modules', 'target', 'dbt_packages', 'dbt_modules', '.git', '.venv']);
/** Folders below a workspace folder that are searched for projects. */
const searchDepth = 4;

/** The dbt projects of the workspace, and the one that is worked with now. */
export class ProjectRegistry extends Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #host: ExtensionHost;
  readonly #projects = new Map<string, OpenProject>();
  readonly #activeChanged = this._register(new vscode.EventEmitter<OpenProject | undefined>());
  /** Fires when another project becomes the active one, and when the active one is gone. */
  readonly onDidChangeActive = this.#activeChanged.event;
  #active: OpenProject | undefined;
  #search: Promise<void> | undefined;

  constructor(extensionUri: vscode.Uri, host: ExtensionHost) {
    super();
    this.#extensionUri = extensionUri;
    this.#host = host;
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(`**/${projectFile}`));
    this._register(watcher.onDidCreate(() => inBackground(this.refresh())));
    this._register(watcher.onDidDelete(() => inBackground(this.refresh())));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => inBackground(this.refresh())));
    this._register(vscode.window.onDidChangeActiveTextEditor(() => this.#chooseActive()));
    this._register({
      dispose: () => {
        for (const project of this.#projects.values()) project.dispose();
      },
    });
  }

  /** The project of the active editor, else the one used before, else the first. */
  async active(): Promise<OpenProject | undefined> {
    await (this.#search ?? this.refresh());
    this.#chooseActive();
    return this.#active;
  }

  /** The project that a file belongs to. */
  projectOf(uri: vscode.Uri): OpenProject | undefined {
    const holding = [...this.#projects.values()].filter((project) => project.pathOf(uri) !== undefined);
    return holding.sort((a, b) => b.folder.path.length - a.folder.path.length)[0];
  }

  /** The project whose folder this is. */
  projectIn(folder: vscode.Uri): OpenProject | undefined {
    return this.#projects.get(folder.toString());
  }

  /** Makes a project the active one. */
  activate(project: OpenProject | undefined): void {
    if (project === undefined || project === this.#active) return;
    this.#active = project;
    this.#activeChanged.fire(project);
  }

  /** Looks for projects in the workspace folders again. */
  refresh(): Promise<void> {
    this.#search = this.#findProjects();
    return this.#search;
  }

  async #findProjects(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const found = (await Promise.all(folders.map(({ uri }) => projectFolders(uri, searchDepth)))).flat();
    const keys = new Set(found.map((uri) => uri.toString()));
    for (const [key, project] of this.#projects) {
      if (keys.has(key)) continue;
      this.#projects.delete(key);
      if (this.#active === project) this.#active = undefined;
      project.dispose();
    }
    for (const uri of found) {
      const key = uri.toString();
      if (!this.#projects.has(key)) this.#projects.set(key, new OpenProject(uri, this.#extensionUri, this.#host));
    }
    this.#chooseActive();
    if (this.#active === undefined) this.#activeChanged.fire(undefined);
  }

  #chooseActive(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const byEditor = uri === undefined ? undefined : this.projectOf(uri);
    const next = byEditor ?? this.#active ?? [...this.#projects.values()][0];
    if (next === this.#active) return;
    this.#active = next;
    this.#activeChanged.fire(next);
  }
}

async function projectFolders(folder: vscode.Uri, depth: number): Promise<vscode.Uri[]> {
  let entries: [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
  if (entries.some(([name, type]) => name === projectFile && (type & vscode.FileType.File) !== 0)) return [folder];
  if (depth === 0) return [];
  const below = entries
    .filter(([name, type]) => (type & vscode.FileType.Directory) !== 0 && !leftOut.has(name))
    .map(([name]) => projectFolders(vscode.Uri.joinPath(folder, name), depth - 1));
  return (await Promise.all(below)).flat();
}
