import { type LoadRequest, type LoadType } from '../../core/run/sqlEngine.ts';
import { shown, type CsvFaults } from './csvFaults.ts';

/** A column of the file, with the type that was declared for it. */
export interface HeaderColumn {
  readonly name: string;
  readonly declared: LoadType | undefined;
}

const otherDelimiters = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
  [',', 'commas'],
]);

/** Makes columns of a header's names; a column without a name is named by its place, as `column_2`. */
export function headerColumns(
  names: readonly string[],
  line: number,
  request: LoadRequest,
  faults: CsvFaults,
): readonly HeaderColumn[] {
  const [only = ''] = names;
  const other = names.length > 1 ? undefined : [...otherDelimiters].find(([delimiter]) => only.includes(delimiter));
  if (other !== undefined) {
    const message = `the header ${shown(only)} is one column: are the values separated by ${other[1]}?`;
    faults.add('delimiter', line, message);
  }
  const declared = new Map(request.columns.map((column) => [column.name.toLowerCase(), column.type]));
  const seen = new Map<string, number>();
  return names.map((raw, field) => {
    const name = raw.trim() === '' ? `column_${field + 1}` : raw.trim();
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, field);
    else faults.add('duplicateColumn', line, `columns ${first + 1} and ${field + 1} are both named ${name}`, field);
    return { name, declared: declared.get(key) };
  });
}
