import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { plainMapAt } from '../project/plainValue.ts';
import type { ManifestNode } from './manifest.ts';

/** Notes once that nobody is granted anything, where a node asks for it. */
export function grantsIgnored(nodes: Iterable<ManifestNode>): readonly Diagnostic[] {
  const granted = [...nodes].filter(({ config }) => Object.keys(plainMapAt(config, 'grants')).length > 0);
  const [first] = granted;
  if (first === undefined) return [];
  const place = { file: first.originalFilePath, range: first.range };
  return [diagnostic('compile.grantsIgnored', { nodes: granted.length }, place)];
}
