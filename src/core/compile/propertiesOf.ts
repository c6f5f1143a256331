import type { Project } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';

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
  const ofKind = properties.nodes.filter((one) => one.kind === kind);
  return ofKind.find((one) => fileNames(one)[0] === fileName) ?? ofKind.find((one) => fileNames(one)[1] === fileName);
}
