import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { renderTemplate } from '../jinja/render.ts';
import { parseTemplate, type Template, type TemplateDefinition } from '../jinja/template.ts';
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

/**
 * The docs blocks of a project, their Jinja rendered with nothing but Jinja's own names (dbt-core: parser/docs.py). What
 * stands between the blocks is left out.
 */
export function docBlocks(project: Project): Outcome<readonly DocBlock[]> {
  const diagnostics: Diagnostic[] = [];
  const value = project.docs.flatMap((file) => {
    const { value: template, diagnostics: found } = parseTemplate(file.text, file.path);
    diagnostics.push(...found);
    return template.definitions.flatMap((one) => {
      if (one.kind !== 'docs') return [];
      const { value: rendered, diagnostics: faults } = renderBody(template, one);
      diagnostics.push(...faults.filter((fault) => !template.faults.includes(fault)));
      return [blockOf(project, file, one.name, rendered)];
    });
  });
  return { value, diagnostics };
}

/** What the inside of a block gives; its text as it is where that fails. */
function renderBody(template: Template, { node, bodyText }: TemplateDefinition): Outcome<string> {
  const globals = { get: () => undefined };
  const { value, diagnostics } = renderTemplate({ ...template, body: node.body }, { globals });
  return { value: value.text ?? bodyText, diagnostics };
}

function blockOf(project: Project, { path, relativePath }: DocsFile, name: string, text: string): DocBlock {
  const packageName = project.config.name;
  return {
    uniqueId: uniqueId('doc', packageName, name),
    name,
    packageName,
    path: relativePath,
    originalFilePath: pathInPackage(project, packageName, path),
    contents: text.trim(),
  };
}
