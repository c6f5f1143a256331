import type { FileLocation } from '../../protocol/nodeFacts.ts';
import type { ResultsComparison } from '../../protocol/resultsComparison.ts';
import type { ResultsSnapshot } from '../../protocol/resultsProtocol.ts';
import { formatLocation, formatRows } from '../shared/format.ts';
import { button, element, icon } from './element.ts';

/** What the states' buttons do. */
export interface BodyActions {
  readonly openLocation: (location: FileLocation) => void;
  readonly cancel: () => void;
  readonly rerun: () => void;
}

/** What stands in place of rows: nothing chosen, a run in progress, a failure, a run that was stopped. */
export function bodyState(
  snapshot: Exclude<ResultsSnapshot, { readonly state: 'rows' }>,
  actions: BodyActions,
): HTMLElement {
  switch (snapshot.state) {
    case 'empty':
      return element(
        'div',
        { class: 'state', 'data-state': 'empty' },
        element('p', {}, snapshot.message ?? 'Select a node in the lineage to see its rows.'),
        element('p', { class: 'muted' }, 'With a model open, Ctrl+Enter (⌘ Enter on a Mac) previews it.'),
      );
    case 'running':
      return element(
        'div',
        { class: 'state delayed', 'data-state': 'running', role: 'status' },
        element(
          'p',
          { class: 'heading' },
          icon('loading', 'busy'),
          element('span', {}, snapshot.message ?? `Running ${snapshot.title}…`),
        ),
        element(
          'div',
          { class: 'actions' },
          button({ class: 'button', key: 'bodyCancel', onPress: actions.cancel }, 'Cancel'),
        ),
      );
    case 'failed':
      return failedState(snapshot, actions);
    case 'cancelled':
      return element(
        'div',
        { class: 'state', 'data-state': 'cancelled', role: 'status' },
        element('p', {}, `${snapshot.title} was stopped. What was built before is still there.`),
        element(
          'div',
          { class: 'actions' },
          button({ class: 'button', key: 'bodyRerun', onPress: actions.rerun }, 'Run Again'),
        ),
      );
  }
}

/** What stands in place of the rows of a comparison when none differ. */
export function sameRowsState({ isEqual, rowCounts, sides }: ResultsComparison): HTMLElement {
  const rows = rowCounts[0] === 1 ? 'The one row is' : `All ${formatRows(rowCounts[0])} are`;
  return element(
    'div',
    { class: 'state', 'data-state': 'equal', role: 'status' },
    element(
      'p',
      { class: 'heading' },
      icon(isEqual ? 'passFilled' : 'warning', isEqual ? 'good' : 'warn'),
      element(
        'span',
        {},
        isEqual ? `${rows} equal: ${sides[0]} and ${sides[1]}.` : `${rows} equal in the columns that both sides have.`,
      ),
    ),
    element(
      'p',
      { class: 'muted' },
      'Whatever their order. Numbers are compared to the last digit (binary fractions to fifteen), moments in UTC.',
    ),
  );
}

/** An error reads from the top left, as a compiler's message does. */
function failedState(
  { error }: Extract<ResultsSnapshot, { readonly state: 'failed' }>,
  actions: BodyActions,
): HTMLElement {
  const { location, detail, message } = error;
  return element(
    'div',
    { class: 'failure', 'data-state': 'failed', role: 'alert' },
    icon('error', 'bad'),
    element(
      'div',
      { class: 'failureText' },
      element('p', {}, message),
      location === undefined
        ? undefined
        : button(
            { class: 'link', key: 'errorLocation', onPress: () => actions.openLocation(location) },
            formatLocation(location),
          ),
      detail === undefined
        ? undefined
        : element('pre', { class: 'detail', tabindex: '0', role: 'region', 'aria-label': 'Detail' }, detail),
    ),
  );
}
