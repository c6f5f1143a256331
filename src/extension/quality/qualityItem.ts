import type { Range } from '../../core/diagnostics/text.ts';

/** A place in a file of the project. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** What stands before an item. */
export type QualityIcon = 'error' | 'warning' | 'pass' | 'row' | 'reason' | 'skipped' | 'defects' | 'defect' | 'more';

/** An item of the "Data Quality" view, as far as it can be told without an editor. */
export interface QualityItem {
  /** Stays the same as long as the item means the same, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: QualityIcon;
  readonly state: 'leaf' | 'collapsed' | 'expanded';
  /** Where a click leads; undefined for items that only hold others. */
  readonly place: Place | undefined;
  /** The rule that the item is about. */
  readonly rulePlace: Place | undefined;
  /** Of an item that stands for those that are not shown yet: whose children they are. */
  readonly showsMoreOf: string | undefined;
  /** The items below, of long lists as many as are asked for and one that stands for the others. */
  readonly children: (limit: number) => readonly QualityItem[];
}

/** How many items of one list are shown at first, and how many more at a time. */
export const pageSize = 200;

/** An item with what most items have. */
export function item(
  given: Pick<QualityItem, 'id' | 'label' | 'icon'> & Partial<Omit<QualityItem, 'children'>>,
  children?: QualityItem['children'],
): QualityItem {
  return {
    description: '',
    tooltip: given.label,
    state: children === undefined ? 'leaf' : 'collapsed',
    place: undefined,
    rulePlace: undefined,
    showsMoreOf: undefined,
    ...given,
    children: children ?? (() => []),
  };
}

/** The first entries of a list as items, and one that stands for the others. */
export function pageOf<T>(
  parent: string,
  entries: readonly T[],
  limit: number,
  itemOf: (entry: T) => QualityItem,
): readonly QualityItem[] {
  const shown = entries.slice(0, limit).map(itemOf);
  const left = entries.length - shown.length;
  if (left <= 0) return shown;
  const next = Math.min(left, pageSize);
  const label = next === left ? `Show the last ${next.toLocaleString('en')}` : `Show ${String(next)} more`;
  const description = next === left ? '' : `of ${left.toLocaleString('en')} that are not shown`;
  return [...shown, item({ id: `${parent}/more`, label, description, icon: 'more', showsMoreOf: parent })];
}
