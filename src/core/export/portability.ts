import { compileNode } from '../compile/compileNode.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import { isSqlNode, type Manifest } from '../compile/manifest.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { foreignParts } from '../sql/foreignParts.ts';
import { parseStatement } from '../sql/parse/parseStatement.ts';
import { rangeOf } from '../sql/span.ts';
import type { WarehouseType } from './warehouse.ts';

/**
 * What of the project's own SQL is known not to run on a warehouse. `manifest` is the project as it is read with the
 * warehouse's adapter, so that macros write its SQL.
 */
export function portabilityFindings(
  manifest: Manifest,
  environment: CompileEnvironment,
  warehouse: WarehouseType,
): readonly Diagnostic[] {
  const own = [...manifest.nodes.values()].filter(
    (node) => node.packageName === manifest.project.config.name && (node.resourceType !== 'test' || !node.generic),
  );
  return own.filter(isSqlNode).flatMap((node): readonly Diagnostic[] => {
    const { value: compiled } = compileNode(manifest, node, environment);
    if (compiled === undefined) {
      const place = { file: node.originalFilePath, range: node.range };
      return [diagnostic('export.notCompiled', { name: node.name }, place)];
    }
    const parsed = parseStatement(compiled.code, warehouse);
    if (parsed.kind !== 'query') return [];
    return foreignParts(parsed.query, compiled.code, warehouse).map(({ what, span }) =>
      diagnostic('export.notPortable', { what, warehouse }, compiled.locate(rangeOf(compiled.code, span))),
    );
  });
}

const heading = '# What would not run on';

/** PORTABILITY.md: the findings, a line each. */
export function portabilityText(findings: readonly Diagnostic[], warehouse: WarehouseType): string {
  const lines = findings.map(({ file, range: { start }, message }) => {
    const place = `${file}:${String(start.line + 1)}:${String(start.character + 1)}`;
    return `- ${place}: ${message}`;
  });
  const none =
    'Nothing was found. What is looked for are functions and clauses that this dialect does not have; ' +
    '`dbt compile` and `dbt run` say the rest.';
  return [`${heading} ${warehouse}`, '', ...(lines.length === 0 ? [none] : lines), ''].join('\n');
}

/** True for the PORTABILITY.md of an earlier export. */
export function isPortabilityText(text: string): boolean {
  return text.startsWith(heading);
}
