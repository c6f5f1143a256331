import type { Project } from '../project/project.ts';
import type { NodeProperties, Properties } from '../project/properties.ts';

/**
 * The file names, without their endings, in which a node may stand, the likeliest first: a version is `defined_in` a
 * file, or has its own behind the model's name; the latest may have the bare name (dbt-core: parser/schemas.py).
 */
export function fileNames({ name, version }: NodeProperties): readonly string[] {
  if (version === undefined) return [name];
  const own = version.definedIn ?? `${name}_v${String(version.v)}`;
  return String(version.v) === String(version.latest) ? [own, name] : [own];
}

/** What properties YAML says of the file of a node. */
export function propertiesOf(
  { properties }: Project,
  kind: NodeProperties['kind'],
  fileName: string,
): NodeProperties | undefined {
  const { likeliest, bare } = indexOf(properties, kind);
  return likeliest.get(fileName) ?? bare.get(fileName);
}

/** What properties YAML says of a node by its own name and version. */
export function propertiesNamed(
  { properties }: Project,
  kind: NodeProperties['kind'],
  name: string,
  version: string | number | undefined,
): NodeProperties | undefined {
  return indexOf(properties, kind).named.get(nameOf(name, version));
}

/** The first properties of one kind for each file name, and for each name and version. */
interface FileIndex {
  readonly likeliest: ReadonlyMap<string, NodeProperties>;
  readonly bare: ReadonlyMap<string, NodeProperties>;
  readonly named: ReadonlyMap<string, NodeProperties>;
}

type Indexes = Map<NodeProperties['kind'], FileIndex>;

const indexes = new WeakMap<Properties, Indexes>();

function indexOf(properties: Properties, kind: NodeProperties['kind']): FileIndex {
  const known: Indexes = indexes.get(properties) ?? new Map<NodeProperties['kind'], FileIndex>();
  indexes.set(properties, known);
  const index = known.get(kind) ?? makeIndex(properties.nodes.filter((one) => one.kind === kind).reverse());
  known.set(kind, index);
  return index;
}

/** The last of the nodes counts. */
function makeIndex(nodes: readonly NodeProperties[]): FileIndex {
  const likeliest = new Map<string, NodeProperties>();
  const bare = new Map<string, NodeProperties>();
  const named = new Map<string, NodeProperties>();
  for (const node of nodes) {
    const [first, second] = fileNames(node);
    if (first !== undefined) likeliest.set(first, node);
    if (second !== undefined) bare.set(second, node);
    named.set(nameOf(node.name, node.version?.v), node);
  }
  return { likeliest, bare, named };
}

function nameOf(name: string, version: string | number | undefined): string {
  return version === undefined ? name : `${name}/${String(version)}`;
}
