import { versionedName, type ManifestNode } from '../compile/manifest.ts';

/** A node as `dbt ls` names it, in words that `--select` takes again. */
export function nodeSelector(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'source':
      return `source:${node.packageName}.${node.sourceName}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.packageName}.${versionedName(node)}`;
    case 'exposure':
      return `exposure:${node.packageName}.${node.name}`;
    case 'model':
    case 'snapshot':
    case 'analysis':
    case 'seed':
    case 'test':
      return node.fqn.join('.');
  }
}
