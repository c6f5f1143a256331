import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { parseTemplate } from '../jinja/template.ts';
import type { DocsFile, Project } from '../project/project.ts';
import { pathInPackage } from '../project/project.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';

/** A `{% docs %}` block of a Markdown file, for descriptions to take up by `doc()`. */
export interface DocBlock {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly packageName: string;
  /** Path below the docs path, as dbt's `path`. */
  readonly path: string;
  readonly originalFilePath: string;
  readonly contents: string;
}

/** The docs blocks of a project (dbt-core: parser/docs.py). What stands between the blocks is left out. */
export function docBlocks(project: Project): Outcome<readonly DocBlock[]> {
  const diagnostics: Diagnostic[] = [];
  const value = project.docs.flatMap((file) => {
    const { value: template, diagnostics: found } = parseTemplate(file.text, file.path);
    diagnostics.push(...found);
    return template.definitions.filter(({ kind }) => kind === 'docs').map((one) => blockOf(project, file, one));
  });
  return { value, diagnostics };
}

function blockOf(
  project: Project,
  { path, relativePath }: DocsFile,
  { name, bodyText }: { readonly name: string; readonly bodyText: string },
): DocBlock {
  const packageName = project.config.name;
  return {
    uniqueId: uniqueId('doc', packageName, name),
    name,
    packageName,
    path: relativePath,
    originalFilePath: pathInPackage(project, packageName, path),
    contents: bodyText.trim(),
  };
}
