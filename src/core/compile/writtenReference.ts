import { parseTemplate } from '../jinja/template.ts';
import type { Drafting } from './drafting.ts';
import type { RefCall, SourceCall } from './manifest.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import type { Relation } from './relation.ts';

/** A `ref(…)` or `source(…)` that YAML has as a text; `nothing` for any other text. */
export type WrittenReference =
  | { readonly kind: 'ref'; readonly call: RefCall }
  | { readonly kind: 'source'; readonly call: SourceCall }
  | { readonly kind: 'nothing' };

/** What such a text names; `here` is the relation of what it is written for. */
export function writtenReference(drafting: Drafting, text: string, file: string, here: Relation): WrittenReference {
  const packageName = drafting.project.config.name;
  const node = {
    resourceType: 'model',
    name: here.identifier,
    packageName,
    path: file,
    originalFilePath: file,
    fqn: [],
  };
  const { value: template } = parseTemplate(`{{ ${text} }}`, file);
  const { refs, sources } = parseTemplateNode({ ...drafting, template, node, relation: here, config: {} });
  const [ref, source] = [refs[0]?.call, sources[0]?.call];
  if (ref !== undefined) return { kind: 'ref', call: ref };
  return source === undefined ? { kind: 'nothing' } : { kind: 'source', call: source };
}
