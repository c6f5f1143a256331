import { reprText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { ConstraintProperties } from '../project/properties.ts';
import type { ModelNode } from './manifest.ts';
import { sha256 } from './sha256.ts';

/**
 * The checksum of what an enforced contract promises: over columns and constraints as Python prints them (dbt-core:
 * contracts/graph/nodes.py, build_contract_checksum).
 */
export function contractChecksum({ columns, constraints, materialized }: ModelNode): string {
  const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = (all: readonly ConstraintProperties[], ofModel: boolean): string =>
    `[${all.map((one) => constraintRepr(one, ofModel)).join(', ')}]`;
  const ofColumns = sorted.map((one) => `|${one.name}${one.dataType ?? 'None'}${list(one.constraints, false)}`);
  const isTable = materialized === 'table' || materialized === 'incremental';
  return sha256(ofColumns.join('') + (isTable ? materialized + list(constraints, true) : ''));
}

function constraintRepr(one: ConstraintProperties, ofModel: boolean): string {
  const repr = (value: Parameters<typeof fromPlain>[0]): string => reprText(fromPlain(value));
  const fields = [
    `type=<ConstraintType.${one.type}: '${one.type}'>`,
    `name=${repr(one.name)}`,
    `expression=${repr(one.expression)}`,
    `warn_unenforced=${repr(one.warnUnenforced)}`,
    `warn_unsupported=${repr(one.warnUnsupported)}`,
    `to=${repr(one.to)}`,
    `to_columns=${repr(one.toColumns)}`,
    ...(ofModel ? [`columns=${repr(one.columns)}`] : []),
  ];
  return `${ofModel ? 'ModelLevelConstraint' : 'ColumnLevelConstraint'}(${fields.join(', ')})`;
}
