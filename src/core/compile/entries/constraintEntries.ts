import type { ModelNode } from '../manifest.ts';
import { contractChecksum } from '../contractChecksum.ts';
import { isPlainMap, type PlainMap } from '../../project/plainValue.ts';
import type { ConstraintProperties } from '../../project/properties.ts';

/** Constraints of a column as the manifest shows them. */
export function columnConstraints(constraints: readonly ConstraintProperties[]): readonly PlainMap[] {
  return constraints.map((one) => ({
    type: one.type,
    name: one.name ?? null,
    expression: one.expression ?? null,
    warn_unenforced: one.warnUnenforced,
    warn_unsupported: one.warnUnsupported,
    to: one.to ?? null,
    to_columns: one.toColumns,
  }));
}

/** Constraints of a model, which name their columns. */
export function modelConstraints(constraints: readonly ConstraintProperties[]): readonly PlainMap[] {
  return columnConstraints(constraints).map((entry, i) => ({ ...entry, columns: constraints[i]?.columns ?? [] }));
}

/** A model's contract, with a checksum of what it promises where it is enforced. */
export function contractEntry(node: ModelNode): PlainMap {
  const given = node.config['contract'];
  const contract = isPlainMap(given) ? given : {};
  const isEnforced = contract['enforced'] === true;
  return {
    enforced: isEnforced,
    alias_types: contract['alias_types'] ?? true,
    checksum: isEnforced ? contractChecksum(node) : null,
  };
}
