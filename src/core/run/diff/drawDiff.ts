import type { DiffCell } from './diffTable.ts';

/** A cell of the drawing: a value, or text that was put there. */
export type DrawnCell = DiffCell | { readonly mark: string };

/** A row of the drawing with the sign that it begins with: `@@`, `+++`, `---`, `->`, `...` or nothing. */
export interface DrawnRow {
  readonly sign: string;
  readonly cells: readonly DrawnCell[];
}

/** Beyond so many characters columns are not put below one another. */
const widest = 130;

/**
 * The rows as lines of text, columns below one another, as daff's terminal view has them without its colours (daff:
 * TerminalDiffRender, Csv, DiffRender). Lines end with `\r\n`.
 */
export function drawDiff(rows: readonly DrawnRow[]): string {
  const texts = rows.map((row) => [{ mark: row.sign }, ...row.cells].map((cell) => drawCell(row.sign, cell)));
  const sizes = columnSizes(texts.map((row) => row.map(({ plain }) => plain.length)));
  return texts.map((row) => `${drawRow(row, sizes)}\r\n`).join('');
}

interface Drawn {
  readonly text: string;
  /** What the width of a column is measured by. */
  readonly plain: string;
}

function drawRow(cells: readonly Drawn[], sizes: readonly number[] | undefined): string {
  let line = '';
  let [at, target] = [0, 0];
  for (const [x, { text, plain }] of cells.entries()) {
    if (sizes !== undefined && target > at) {
      line += ' '.repeat(target - at);
      at = target;
    }
    line += (x > 0 ? ',' : '') + text;
    at += plain.length;
    target += sizes?.[x] ?? 0;
  }
  return line;
}

function drawCell(sign: string, cell: DrawnCell): Drawn {
  if (cell === null) return { plain: 'NULL', text: isOneSided(sign) ? 'null' : 'NULL' };
  if ('mark' in cell) {
    const isChange = sign.endsWith('->') && cell.mark.includes(sign);
    const text = isChange ? changeText(cell.mark, sign) : cell.mark;
    return { plain: quoted(text, false), text: quoted(text, isChange || sign === '@@' || isOneSided(sign)) };
  }
  const text = isOneSided(sign) ? quoted(cell.alone, true) : quoted(cell.text, false);
  return { plain: quoted(cell.text, false), text };
}

/** Rows of one side only are coloured there, and so are shown by another way of printing. */
function isOneSided(sign: string): boolean {
  return sign === '+++' || sign === '---';
}

function changeText(mark: string, sign: string): string {
  if (mark === sign) return '→';
  const [before = '', after = ''] = mark.split(sign);
  return `${markSpaces(before, after)}→${markSpaces(after, before)}`;
}

/** Shows the spaces in which two texts differ, when they differ in nothing else. */
function markSpaces(text: string, other: string): string {
  if (text === other || text.replaceAll(' ', '') !== other.replaceAll(' ', '')) return text;
  let shown = '';
  let [i, j] = [0, 0];
  while (i < text.length) {
    if (text[i] === other[j]) {
      shown += text.charAt(i);
      i += 1;
      j += 1;
    } else if (other[j] === ' ') {
      j += 1;
    } else {
      shown += '␣';
      i += 1;
    }
  }
  return shown;
}

/** CSV's quotes. Colours at the ends hide spaces there. */
function quoted(text: string, isColoured: boolean): string {
  const isNeeded = /["\r\n\t,]/.test(text) || (!isColoured && /^ | $/.test(text));
  return isNeeded ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Widths of the columns, where a few cells that are much longer than the others do not count; undefined when too wide. */
function columnSizes(lengths: readonly (readonly number[])[]): readonly number[] | undefined {
  const width = lengths[0]?.length ?? 0;
  const sizes = Array.from({ length: width }, (_, x) => {
    const column = lengths.map((row) => row[x] ?? 0);
    const mean = column.reduce((sum, one) => sum + one, 0) / column.length;
    const square = column.reduce((sum, one) => sum + one * one, 0) / column.length;
    const deviation = Math.sqrt(Math.max(0, square - mean * mean));
    const most = Math.trunc(mean + deviation * 2 + 0.5);
    return Math.max(column[0] ?? 0, ...column.filter((one) => one <= most));
  });
  const total = width - 1 + sizes.reduce((sum, one) => sum + one, 0);
  return total > widest ? undefined : sizes;
}
