import type { ProjectFiles } from '../project/projectFiles.ts';

/** A file that is read from elsewhere. */
export interface Redirection {
  readonly files: ProjectFiles;
  readonly path: string;
}

/** A project's files of which some are read from elsewhere, by their paths in the project. Nothing can be written. */
export function redirectedFiles(files: ProjectFiles, redirections: ReadonlyMap<string, Redirection>): ProjectFiles {
  const at = (path: string): Redirection => redirections.get(path) ?? { files, path };
  const refuse = (): Promise<never> => Promise.reject(new Error('redirected files are read only'));
  return {
    list: async () => [...new Set([...(await files.list()), ...redirections.keys()])].sort(),
    readText: (path) => at(path).files.readText(at(path).path),
    readBytes: (path) => at(path).files.readBytes(at(path).path),
    version: (path) => at(path).files.version(at(path).path),
    stream: (path) => at(path).files.stream(at(path).path),
    write: refuse,
    openWrite: refuse,
    remove: refuse,
  };
}
