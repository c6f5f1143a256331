import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { textList } from './plainValue.ts';
import type { ConstraintProperties, ConstraintType } from './properties.ts';
import { entryOf, itemsOf, plainOf, textOf, type YamlNode } from './yamlNode.ts';

const types: readonly ConstraintType[] = ['not_null', 'unique', 'primary_key', 'foreign_key', 'check', 'custom'];

/**
 * Reads `constraints:` of a node or a column (dbt: core/dbt/artifacts/resources/v1/components.py, dbt_common
 * contracts/constraints.py). One of an unknown type is refused (core/dbt/parser/common.py, ParserRef).
 */
export function readConstraints(owner: YamlNode, file: string): Outcome<readonly ConstraintProperties[]> {
  const list = entryOf(owner, 'constraints');
  const diagnostics: Diagnostic[] = [];
  if (list !== undefined && list.kind !== 'list' && !(list.kind === 'scalar' && list.value === null))
    diagnostics.push(diagnostic('project.notAList', { where: 'constraints' }, { file, range: list.range }));
  const value = itemsOf(list).flatMap((item): ConstraintProperties[] => {
    const type = types.find((one) => one === textOf(entryOf(item, 'type')));
    if (type === undefined) {
      const params = { what: 'A constraint', detail: `its type is one of ${types.join(', ')}` };
      diagnostics.push(diagnostic('project.propertyShape', params, { file, range: item.range }));
      return [];
    }
    return [
      {
        type,
        name: textOf(entryOf(item, 'name')),
        warnUnsupported: plainOf(entryOf(item, 'warn_unsupported')) !== false,
        warnUnenforced: plainOf(entryOf(item, 'warn_unenforced')) !== false,
        columns: textList(plainOf(entryOf(item, 'columns'))),
        expression: textOf(entryOf(item, 'expression')),
        to: textOf(entryOf(item, 'to')),
        toColumns: textList(plainOf(entryOf(item, 'to_columns'))),
        file,
        range: item.range,
      },
    ];
  });
  return { value, diagnostics };
}
