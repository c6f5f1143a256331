import type { ProjectFiles, TextFiles } from '../project/projectFiles.ts';

/** Files whose list and texts are kept until it is said that they have changed. */
export class RememberedFiles implements TextFiles {
  readonly #files: ProjectFiles;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  #listed: Promise<readonly string[]> | undefined;
  /** Paths that have changed since the list was last asked for. */
  #changed = new Set<string>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  /** Says that these files or folders were changed, made or removed; without them, that any may have been. */
  changed(paths?: Iterable<string>): void {
    if (paths === undefined) {
      this.#listed = undefined;
      this.#texts.clear();
      return;
    }
    for (const path of paths) {
      this.#changed.add(path);
      if (this.#texts.delete(path)) continue;
      for (const one of this.#texts.keys()) if (one.startsWith(`${path}/`)) this.#texts.delete(one);
    }
  }

  readText(path: string): Promise<string | undefined> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const asked = this.#files.readText(path);
    this.#texts.set(path, asked);
    // One that could not be read is tried again.
    asked.catch(() => this.#texts.delete(path));
    return asked;
  }

  async list(): Promise<readonly string[]> {
    const changed = this.#changed;
    this.#changed = new Set();
    const before = await this.#listed;
    const isSame = before !== undefined && !(await this.#cameOrWent(before, changed));
    // Meanwhile it may have been said that any file has changed.
    if (isSame && this.#listed !== undefined) return before;
    const listed = this.#files.list();
    this.#listed = listed;
    listed.catch(() => (this.#listed = undefined));
    return listed;
  }

  /** True when one of the paths is there and not in the list, or the other way round, or is a folder. */
  async #cameOrWent(listed: readonly string[], changed: ReadonlySet<string>): Promise<boolean> {
    for (const path of changed) {
      const isThere = (await this.#files.version(path)) !== undefined;
      const wasThere = listed.includes(path);
      if (isThere !== wasThere || listed.some((one) => one.startsWith(`${path}/`))) return true;
    }
    return false;
  }
}
