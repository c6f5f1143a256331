import { stringify } from 'yaml';
import type { PlainValue } from './plainValue.ts';

/** A value as YAML in blocks, in the form that PyYAML gives it: items of lists stand below their key's first letter. */
export function yamlText(value: PlainValue, sortKeys: boolean): string {
  const text = stringify(value, {
    version: '1.1',
    indentSeq: false,
    sortMapEntries: sortKeys,
    singleQuote: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  const isScalar = value === null || typeof value !== 'object';
  return isScalar ? `${text}...\n` : text;
}
