import type { ComparedColumn, ResultsComparison } from '../../protocol/resultsComparison.ts';
import { columnLook, rowsText } from './comparisonWords.ts';
import { element, icon } from './element.ts';

/** The columns of a comparison with their verdicts, types and hashes; those that differ first. */
export function comparisonPanel(comparison: ResultsComparison): HTMLElement {
  const { columns, sides } = comparison;
  const ordered = [...columns].sort((a, b) => Number(a.verdict === 'equal') - Number(b.verdict === 'equal'));
  const items = ordered.map((column) => element('li', {}, columnEntry(column, sides)));
  return element(
    'aside',
    { class: 'sidePanel', tabindex: '0', 'aria-label': 'Columns' },
    element('p', { class: 'rowsText muted' }, rowsText(comparison)),
    element('ul', {}, ...items),
  );
}

function columnEntry(column: ComparedColumn, sides: readonly [string, string]): HTMLElement {
  const { name, types, hashes, verdict } = column;
  const look = columnLook(column, sides);
  const bothTypes = types.filter((type, i) => type !== '' && types.indexOf(type) === i).join(' / ');
  return element(
    'div',
    { class: 'test', 'data-verdict': verdict },
    icon(look.icon, look.tone),
    element('span', { class: 'testName ellipsis', title: name }, name),
    element('span', { class: 'verdict muted' }, look.label),
    bothTypes === ''
      ? undefined
      : element('span', { class: 'columnDetail muted ellipsis', title: bothTypes }, bothTypes),
    ...hashLines(verdict, hashes, sides),
  );
}

/** One hash when they are the same; else each with its side. */
function hashLines(
  verdict: ComparedColumn['verdict'],
  hashes: readonly string[],
  sides: readonly [string, string],
): readonly HTMLElement[] {
  const [left, right] = hashes;
  if (left === undefined || right === undefined) return [];
  if (verdict === 'equal') return [element('code', { class: 'columnDetail muted' }, left)];
  return [
    element('span', { class: 'columnDetail muted ellipsis' }, element('code', {}, left), ` ${sides[0]}`),
    element('span', { class: 'columnDetail muted ellipsis' }, element('code', {}, right), ` ${sides[1]}`),
  ];
}
