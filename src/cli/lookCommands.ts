import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import type { ManifestNode } from '../core/compile/manifest.ts';
import { nodeSelector } from '../core/select/nodeSelector.ts';
import { selectNodes, type SelectionRequest } from '../core/select/selectNodes.ts';
import { compileNodes } from '../core/service/compileNodes.ts';
import { previewRows, type Preview, type PreviewSubject } from '../core/service/previewRows.ts';
import { wholeNumber } from './generateCommand.ts';
import { indirectSelection } from './indirectOption.ts';
import { UsageError } from './parseArguments.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';

/** `ls`: the selected nodes, a line each. */
export async function listCommand(session: Session): Promise<number> {
  const { project, list, value } = session;
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined || hasErrors(diagnostics)) return refused(diagnostics);
  const selected = selectNodes(manifest, selectionOf(session));
  if (hasErrors(selected.diagnostics)) return refused(selected.diagnostics);
  const types = list('resource-type');
  const nodes = [...selected.value]
    .sort()
    .flatMap((id) => manifest.nodes.get(id) ?? [])
    .filter(({ resourceType }) => isListed(resourceType, types));
  const line = lineFormat(value('output') ?? 'selector');
  for (const node of nodes) console.log(line(node));
  // Said to people only: a script that reads both streams gets names and nothing else, as from dbt ls --quiet.
  if (nodes.length === 0 && process.stderr.isTTY) console.error('No nodes selected!');
  return 0;
}

/** Without types, or with `default`, dbt lists everything but analyses (core/dbt/task/list.py). */
function isListed(type: ManifestNode['resourceType'], types: readonly string[]): boolean {
  if (types.includes('all') || types.includes(type)) return true;
  return (types.length === 0 || types.includes('default')) && type !== 'analysis';
}

function selectionOf(session: Session): SelectionRequest {
  const indirect = indirectSelection(session);
  return { select: session.list('select'), exclude: session.list('exclude'), ...(indirect && { indirect }) };
}

function lineFormat(output: string): (node: ManifestNode) => string {
  switch (output) {
    case 'selector':
      return nodeSelector;
    case 'name':
      return (node) => (node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name);
    case 'path':
      return (node) => node.originalFilePath;
    case 'json':
      return ({ name, resourceType, packageName, originalFilePath, uniqueId, dependsOn, tags, config }) =>
        JSON.stringify({
          name,
          resource_type: resourceType,
          package_name: packageName,
          original_file_path: originalFilePath,
          unique_id: uniqueId,
          depends_on: { nodes: dependsOn },
          tags,
          config,
        });
    default:
      throw new UsageError(
        `Invalid value for '--output': '${output}' is not one of 'json', 'name', 'path', 'selector'.`,
      );
  }
}

/** `compile`: writes target/compiled, and prints the code of a node that is selected by its name. */
export async function compileCommand(session: Session): Promise<number> {
  const { project, list } = session;
  const { value, diagnostics } = await compileNodes(project, selectionOf(session));
  if (value === undefined || hasErrors(diagnostics)) return refused(diagnostics);
  const [name, ...others] = list('select');
  const named = others.length === 0 ? value.find(({ node }) => node.name === name) : undefined;
  if (named !== undefined) console.log(`Compiled node '${named.node.name}' is:\n${named.code}`);
  else console.log(`Compiled ${String(value.length)} nodes to target/compiled.`);
  return 0;
}

/** `show`: the first rows of a model, or of SQL given inline. */
export async function showCommand(session: Session): Promise<number> {
  const { project, cancellation, value } = session;
  const limit = wholeNumber('limit', value('limit')) ?? 5;
  const inline = value('inline');
  const subjects = inline === undefined ? await selectedSubjects(session) : [inlineSubject(inline)];
  if (typeof subjects === 'number') return subjects;
  for (const { name, subject } of subjects) {
    try {
      const request = { subject, limit, cancellation: cancellation.token, onEvent: () => undefined };
      const { value: preview, diagnostics } = await previewRows(project, request);
      if (preview === undefined) return refused(diagnostics, 1);
      console.log(`Previewing ${name}:`);
      for (const line of tableLines(preview)) console.log(line);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      console.error('Cancelled.');
      return 1;
    }
  }
  return 0;
}

interface NamedSubject {
  readonly name: string;
  readonly subject: PreviewSubject;
}

function inlineSubject(text: string): NamedSubject {
  return { name: 'inline node', subject: { kind: 'sql', text, file: '--inline', start: { line: 0, character: 0 } } };
}

async function selectedSubjects(session: Session): Promise<readonly NamedSubject[] | number> {
  const { project, list } = session;
  if (list('select').length === 0) throw new UsageError('Either --select or --inline must be passed to show');
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return refused(diagnostics);
  const selected = selectNodes(manifest, selectionOf(session));
  if (hasErrors(selected.diagnostics)) return refused(selected.diagnostics);
  const nodes = [...selected.value].sort().flatMap((id) => manifest.nodes.get(id) ?? []);
  const shown = nodes.filter((node) => node.resourceType !== 'test' && node.resourceType !== 'exposure');
  if (shown.length === 0) return refused(selected.diagnostics, 1);
  return shown.map(({ name, uniqueId }) => ({ name: `node '${name}'`, subject: { kind: 'node', id: uniqueId } }));
}

/** Rows as the table of bars and dashes that dbt prints. */
function tableLines({ columns, rows }: Preview): readonly string[] {
  const names = columns.map((column) => column.name);
  const texts = rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
  const widths = names.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[], pad: (cell: string, i: number) => string): string =>
    `| ${cells.map(pad).join(' | ')} |`;
  const padded = (cell: string, i: number): string =>
    columns[i]?.isNumber === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return [
    line(names, (name, i) => name.padEnd(widths[i] ?? 0)),
    line(names, (_, i) => '-'.repeat(widths[i] ?? 0)),
    ...texts.map((row) => line(row, padded)),
  ];
}

function refused(diagnostics: Parameters<typeof printDiagnostics>[0], code = 2): number {
  console.error('Encountered an error:');
  printDiagnostics(diagnostics);
  return code;
}
