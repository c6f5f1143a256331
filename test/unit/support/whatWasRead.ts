import type { ReadProject } from '../../../src/core/service/projectReader.ts';

/**
 * What was read of a project, to compare it with another reading: everything in its order, without what is a function.
 */
export function whatWasRead({ project, manifest, diagnostics }: ReadProject): object {
  if (project === undefined || manifest === undefined) return { diagnostics };
  const { nodes, disabled, unlinked, docs, groups, graph, operations, macros } = manifest;
  const { config, vars, target, notRun, files, selectors, properties } = project;
  return {
    diagnostics,
    project: { config, vars, target, notRun, files, selectors, properties },
    nodes: [...nodes],
    disabled,
    unlinked,
    docs,
    groups,
    graph: { parents: [...graph.parents], children: [...graph.children] },
    operations,
    macros: macros.definitions.map(({ packageName, name, file, definition }) => [
      packageName,
      name,
      file,
      definition.bodyText,
    ]),
  };
}
