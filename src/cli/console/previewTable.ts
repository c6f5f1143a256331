import type { Preview } from '../../core/service/previewRows.ts';
import type { DisplayValue } from '../../core/run/displayValue.ts';

/** The bounds of a printed table (agate: table/print_table.py, with which dbt prints). */
const mostColumns = 6;
const widestColumn = 20;
const mostPlaces = 3;

/** Rows as the table of bars and dashes that dbt prints, with an empty line behind it. */
export function previewTable(preview: Preview): string {
  const { columns, rows } = preview;
  const shown = columns.slice(0, mostColumns);
  const isCut = columns.length > mostColumns;
  const names = [...shown.map(({ name }) => shortened(name)), ...(isCut ? ['...'] : [])];
  const numeric = shown.map((_, i) => isNumeric(preview, i));
  const formats = numeric.map((isNumber, i) =>
    isNumber ? numberFormat(rows.map((row) => row[i] ?? null)) : plainText,
  );
  const texts = rows.map((row) => [
    ...formats.map((format, i) => shortened(format(row[i] ?? null))),
    ...(isCut ? ['...'] : []),
  ]);
  const widths = names.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const padded = (cell: string, i: number): string =>
    numeric[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    line(names.map(padded)),
    line(widths.map((width) => '-'.repeat(width))),
    ...texts.map((row) => line(row.map(padded))),
  ];
  return `${lines.join('\n')}\n`;
}

/** Rows as `--output json` shows them: numbers as numbers, whatever digits they are shown with elsewhere. */
export function previewRecords(preview: Preview): readonly Readonly<Record<string, DisplayValue>>[] {
  const { columns, rows } = preview;
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, i) => {
        const value = row[i] ?? null;
        return [name, isNumeric(preview, i) && value !== null ? Number(value) : value];
      }),
    ),
  );
}

/** True for a column of numbers: by its type, or where that is not known by its values. */
function isNumeric({ columns, rows }: Preview, i: number): boolean {
  if (columns[i]?.isNumber === true) return true;
  const values = rows.flatMap((row) => row[i] ?? []);
  return columns[i]?.type === '' && values.length > 0 && values.every((value) => typeof value === 'number');
}

type Format = (value: DisplayValue) => string;

const plainText: Format = (value) => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? '' : String(value);
};

/** All numbers of a column have the places of the longest; whole ones are written as they are. */
function numberFormat(values: readonly DisplayValue[]): Format {
  const most = Math.max(0, ...values.map(placesOf));
  if (most === 0) return (value) => (value === null ? '' : String(value).replace(/\.0+$/, ''));
  const ellipsis = most > mostPlaces ? '…' : '';
  return (value) => {
    if (value === null) return '';
    const [whole = '', fraction = ''] = Number(value).toFixed(Math.min(most, mostPlaces)).split('.');
    return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}.${fraction}${ellipsis}`;
  };
}

function placesOf(value: DisplayValue): number {
  const [, fraction = ''] = value === null ? [] : String(value).split('.');
  return fraction.replace(/0+$/, '').length;
}

function shortened(text: string): string {
  return text.length > widestColumn ? `${text.slice(0, widestColumn - 3)}...` : text;
}
