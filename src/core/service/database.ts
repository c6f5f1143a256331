import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { RelationCatalog } from '../run/relationCatalog.ts';
import { SqlEngineError, type SqlEngine } from '../run/sqlEngine.ts';

/**
 * The project's database: an SQLite file that is read whole when it is first needed and written whole after a run.
 * The file is never held open, so that others can read it, and what others wrote is read again.
 */
export class Database {
  readonly #engine: SqlEngine;
  readonly #files: ProjectFiles;
  #opened:
    { readonly path: string; readonly version: string | undefined; readonly catalog: RelationCatalog } | undefined;

  constructor(engine: SqlEngine, files: ProjectFiles) {
    this.#engine = engine;
    this.#files = files;
  }

  /** Opens the file, or an empty database where there is none or it cannot be read (then with a diagnostic). */
  async open(path: string, report: (found: Diagnostic) => void): Promise<RelationCatalog> {
    const version = await this.#files.version(path);
    if (this.#opened?.path === path && this.#opened.version === version) return this.#opened.catalog;
    const image = version === undefined ? undefined : await this.#files.readBytes(path);
    const catalog = await this.#openImage(image, (detail) =>
      report(diagnostic('run.warehouseUnreadable', { detail }, { file: path })),
    );
    this.#opened = { path, version, catalog };
    return catalog;
  }

  /** Writes the database to its file. */
  async save(): Promise<void> {
    if (this.#opened === undefined) return;
    const { path, catalog } = this.#opened;
    await this.#files.write(path, await this.#engine.export());
    this.#opened = { path, catalog, version: await this.#files.version(path) };
  }

  /** Forgets what is open: after an interruption, and when the rows of a failed step must not be kept. */
  discard(): void {
    this.#opened = undefined;
  }

  async #openImage(image: Uint8Array | undefined, report: (detail: string) => void): Promise<RelationCatalog> {
    try {
      await this.#engine.open(image);
      return await RelationCatalog.open(this.#engine);
    } catch (error) {
      if (!(error instanceof SqlEngineError) || image === undefined) throw error;
      report(error.message);
      await this.#engine.open();
      return RelationCatalog.open(this.#engine);
    }
  }
}
