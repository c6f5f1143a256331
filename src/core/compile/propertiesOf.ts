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
  const { likeliest, bare } = indexOf(properties);
  const key = `${kind}/${fileName}`;
  return likeliest.get(key) ?? bare.get(key);
}

/** What properties YAML says of a node by its own name and version. */
export function propertiesNamed(
  { properties }: Project,
  kind: NodeProperties['kind'],
  name: string,
  version: string | number | undefined,
): NodeProperties | undefined {
  return indexOf(properties).named.get(`${kind}/${name}/${String(version)}`);
}

/** The first properties of each kind and file name, and of each kind, name and version. */
interface FileIndex {
  readonly likeliest: ReadonlyMap<string, NodeProperties>;
  readonly bare: ReadonlyMap<string, NodeProperties>;
  readonly named: ReadonlyMap<string, NodeProperties>;
}

const indexes = new WeakMap<Properties, FileIndex>();

function indexOf(properties: Properties): FileIndex {
  const known = indexes.get(properties);
  if (known !== undefined) return known;
  const by = (at: 0 | 1): ReadonlyMap<string, NodeProperties> =>
    new Map(
      properties.nodes.toReversed().flatMap((one) => {
        const name = fileNames(one)[at];
        return name === undefined ? [] : [[`${one.kind}/${name}`, one] as const];
      }),
    );
  const named = properties.nodes
    .toReversed()
    .map((one) => [`${one.kind}/${one.name}/${String(one.version?.v)}`, one] as const);
  const made = { likeliest: by(0), bare: by(1), named: new Map(named) };
  indexes.set(properties, made);
  return made;
}
