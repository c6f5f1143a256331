/** What reading a project asks of its files. Paths are relative to the project's folder and use `/`. */
export interface TextFiles {
  /** Every file below the folder, sorted; folders named node_modules, .git, and target are left out. */
  list(): Promise<readonly string[]>;
  /** The text of a file (UTF-8, an opening byte order mark removed); undefined when there is none. */
  readText(path: string): Promise<string | undefined>;
}

/** The files of one project, as the host gives them: disk, the editor's file system, or memory in tests. */
export interface ProjectFiles extends TextFiles {
  /** A text that differs whenever the file has changed; undefined when there is no such file. */
  version(path: string): Promise<string | undefined>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** The bytes of a file in order, for files too large to hold; undefined when there is none. */
  stream(path: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Writes a file whole and renames it into place; folders are made. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Opens a file to be written in pieces; nothing of it is seen under its name before `commit`. */
  openWrite(path: string): Promise<FileSink>;
  remove(path: string): Promise<void>;
}

/** A file being written. Exactly one of `commit` and `abort` ends it. */
export interface FileSink {
  /** The chunk may be reused by the caller once the promise is settled. */
  write(chunk: Uint8Array): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}
