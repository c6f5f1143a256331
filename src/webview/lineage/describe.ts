import type { LineageNode } from '../../protocol/lineageProtocol.ts';
import { formatDuration, formatRows } from '../shared/format.ts';
import { resourceLooks, statusLook, summarizeTests } from '../shared/nodeLook.ts';
import { fullName, type GraphIndex } from './graphIndex.ts';

/** The second line of a card: the kind, then how it is kept or where it comes from; of a task what it runs. */
export function kindLine(node: LineageNode): string {
  if (node.command !== undefined) return node.command;
  const { label } = resourceLooks[node.resourceType];
  const more = node.sourceName ?? (node.resourceType === 'model' ? node.materialized : undefined);
  return more === undefined ? label : `${label} · ${more}`;
}

/** Whether the node's rows say more than its status: it has a table that stands. */
export function showsRows(node: LineageNode): node is LineageNode & { readonly rowCount: number } {
  return (node.status === 'success' || node.status === 'stale') && node.rowCount !== undefined;
}

/** What neither the graph nor the list says in words: the error, and the node's place in the graph. */
export function describePlace(node: LineageNode, index: GraphIndex): string {
  const name = (id: string) => index.byId.get(id)?.name ?? id;
  const parents = index.parents.get(node.id) ?? [];
  const children = index.children.get(node.id) ?? [];
  const [up, down] = node.resourceType === 'task' ? ['after', 'before'] : ['reads from', 'read by'];
  return sentence([node.message, list(up, parents.map(name)), list(down, children.map(name))]);
}

/** A node and all that is known of it, to be read aloud. */
export function describeNode(node: LineageNode, index: GraphIndex): string {
  return sentence([
    fullName(node),
    kindLine(node).replace(' · ', ' '),
    node.resourceType === 'task' ? undefined : statusLook(node.resourceType, node.status).label,
    node.rowCount === undefined ? undefined : formatRows(node.rowCount),
    node.durationMs === undefined ? undefined : formatDuration(node.durationMs),
    summarizeTests(node.tests)?.label,
    describePlace(node, index),
  ]);
}

function sentence(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** The first few names and the number of the others: a sentence that is read aloud stays short. */
function list(words: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const others = names.length - 4;
  return `${words} ${names.slice(0, 4).join(' and ')}${others > 0 ? ` and ${String(others)} more` : ''}`;
}
