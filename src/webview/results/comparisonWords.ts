import type { ComparedColumn, ResultsComparison } from '../../protocol/resultsComparison.ts';
import { formatCount, formatRows } from '../shared/format.ts';
import type { Look } from '../shared/nodeLook.ts';

/** The verdict on the whole: `equal`, `3 rows differ`, `columns differ`. */
export function comparisonLook({ isEqual, differing }: ResultsComparison): Look {
  if (isEqual) return { icon: 'passFilled', label: 'equal', tone: 'good' };
  if (differing === 0) return { icon: 'warning', label: 'columns differ', tone: 'warn' };
  return { icon: 'warning', label: `${formatRows(differing)} ${differing === 1 ? 'differs' : 'differ'}`, tone: 'warn' };
}

/** `1,000 / 998 rows`: as many on either side, in the order of the title. */
export function rowCountsText({ rowCounts: [left, right] }: ResultsComparison): string {
  return `${formatCount(left)} / ${formatRows(right)}`;
}

/** `1,000 rows offline, 998 rows postgres`. */
export function rowCountsTitle({ rowCounts: [left, right], sides }: ResultsComparison): string {
  return `${formatRows(left)} ${sides[0]}, ${formatRows(right)} ${sides[1]}`;
}

/** `5 columns`, or `2 of 5 columns` when two differ. */
export function columnsText({ columns }: ResultsComparison): string {
  const { length } = columns;
  const differing = columns.filter(({ verdict }) => verdict !== 'equal').length;
  const total = `${formatCount(length)} ${length === 1 ? 'column' : 'columns'}`;
  return differing === 0 ? total : `${formatCount(differing)} of ${total}`;
}

/** The same, as a sentence. */
export function columnsTitle(comparison: ResultsComparison): string {
  const isDifferent = comparison.columns.some(({ verdict }) => verdict !== 'equal');
  return `${columnsText(comparison)} ${isDifferent ? 'differ' : 'with the same values'}`;
}

/** Mark and words of a column's verdict. */
export function columnLook({ verdict }: ComparedColumn, sides: readonly [string, string]): Look {
  switch (verdict) {
    case 'equal':
      return { icon: 'check', label: 'equal', tone: 'good' };
    case 'different':
      return { icon: 'close', label: 'values differ', tone: 'warn' };
    case 'kinds':
      return { icon: 'close', label: 'types differ', tone: 'warn' };
    case 'left':
      return { icon: 'circleSlash', label: `only ${sides[0]}`, tone: 'warn' };
    case 'right':
      return { icon: 'circleSlash', label: `only ${sides[1]}`, tone: 'warn' };
  }
}

/** How many rows there are, how many of those that differ are shown, and how they were found on the other side. */
export function rowsText(comparison: ResultsComparison): string {
  const { differing, shown } = comparison;
  const some = shown < differing ? ` The first ${formatCount(shown)} that differ are shown.` : '';
  return `${rowCountsTitle(comparison)}.${some} ${keyText(comparison)}`;
}

function keyText({ key }: ResultsComparison): string {
  if (key.length === 0) return 'Rows are compared as wholes: no test or constraint names a key.';
  return `Rows are found by ${key.join(', ')}.`;
}
