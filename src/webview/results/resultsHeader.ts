import type { ResultsComparison } from '../../protocol/resultsComparison.ts';
import type { ResultsSnapshot } from '../../protocol/resultsProtocol.ts';
import type { FileLocation } from '../../protocol/nodeFacts.ts';
import { formatDuration, formatLocation, formatRows } from '../shared/format.ts';
import { resourceLooks, statusLook, statusLooks, summarizeTests, type Look } from '../shared/nodeLook.ts';
import { columnsText, columnsTitle, comparisonLook, rowCountsText, rowCountsTitle } from './comparisonWords.ts';
import { button, element, icon } from './element.ts';

/** A snapshot that is of something. */
export type TitledSnapshot = Exclude<ResultsSnapshot, { readonly state: 'empty' }>;

/** What the header's buttons do. */
export interface HeaderActions {
  readonly openLocation: (location: FileLocation) => void;
  readonly cancel: () => void;
  readonly rerun: () => void;
  /** Opens or closes what stands beside the rows: a node's tests, or the columns of a comparison. */
  readonly toggleSide: () => void;
}

/** One line: what the rows are of, how it stands, how many rows in what time, its tests, and what can be done. */
export function resultsHeader(snapshot: TitledSnapshot, sideOpen: boolean, actions: HeaderActions): HTMLElement {
  const { subject, title } = snapshot;
  const comparison = snapshot.state === 'rows' ? snapshot.comparison : undefined;
  const { location } = subject;
  const kind = subjectLook(subject);
  return element(
    'header',
    { class: comparison === undefined ? 'bar' : 'bar compared' },
    icon(kind.icon, 'muted'),
    element('h1', { class: 'title ellipsis', title: `${title} (${kind.label})` }, title),
    fact('status', stateLook(snapshot)),
    ...figures(snapshot),
    subject.kind === 'node' ? testsButton(subject.tests, sideOpen, actions) : undefined,
    comparison === undefined ? undefined : columnsButton(comparison, sideOpen, actions),
    element('span', { class: 'gap' }),
    location === undefined
      ? undefined
      : button(
          {
            class: 'iconButton',
            key: 'open',
            label: `Open ${formatLocation(location)}`,
            onPress: () => actions.openLocation(location),
          },
          icon('goToFile'),
        ),
    snapshot.state === 'running'
      ? button({ class: 'iconButton', key: 'cancel', label: 'Cancel', onPress: actions.cancel }, icon('stop'))
      : button({ class: 'iconButton', key: 'rerun', label: 'Run again', onPress: actions.rerun }, icon('refresh')),
  );
}

function subjectLook(subject: TitledSnapshot['subject']): Omit<Look, 'tone'> {
  switch (subject.kind) {
    case 'node':
      return resourceLooks[subject.resourceType];
    case 'sql':
      return { icon: 'code', label: 'SQL' };
    case 'warehouse':
      return { icon: 'database', label: `rows on ${subject.target}` };
  }
}

/** The state of the query where there is no node, or where it says more than the node's status. */
function stateLook(snapshot: TitledSnapshot): Look | undefined {
  const { subject } = snapshot;
  switch (snapshot.state) {
    case 'running':
      return statusLooks.running;
    case 'failed':
      return statusLooks.error;
    case 'cancelled':
      return { icon: 'circleSlash', label: 'cancelled', tone: 'muted' };
    case 'rows':
      if (snapshot.comparison !== undefined) return comparisonLook(snapshot.comparison);
      return subject.kind === 'node' ? statusLook(subject.resourceType, subject.status) : undefined;
  }
}

function fact(name: string, look: Look | undefined): HTMLElement | undefined {
  if (look === undefined) return undefined;
  return element(
    'span',
    { class: `fact ${name}`, title: look.label },
    icon(look.icon, look.tone),
    element('span', { class: 'words' }, look.label),
  );
}

function figures(snapshot: TitledSnapshot): readonly (HTMLElement | undefined)[] {
  const duration = 'durationMs' in snapshot ? snapshot.durationMs : undefined;
  const limited = snapshot.state === 'rows' ? snapshot.limited : undefined;
  const comparison = snapshot.state === 'rows' ? snapshot.comparison : undefined;
  return [
    comparison === undefined
      ? undefined
      : element(
          'span',
          { class: 'fact figures rowCounts', title: rowCountsTitle(comparison) },
          rowCountsText(comparison),
        ),
    snapshot.state !== 'rows' || comparison !== undefined
      ? undefined
      : limited === undefined
        ? element('span', { class: 'fact figures rowCount' }, formatRows(snapshot.rowCount))
        : element(
            'span',
            { class: 'fact figures rowCount', title: 'The preview stops here: there may be more rows' },
            `first ${formatRows(limited)}`,
          ),
    duration === undefined
      ? undefined
      : element('span', { class: 'fact figures muted duration' }, formatDuration(duration)),
  ];
}

function columnsButton(comparison: ResultsComparison, open: boolean, actions: HeaderActions): HTMLElement {
  const made = button(
    {
      class: 'iconButton testsButton',
      key: 'columns',
      label: columnsTitle(comparison),
      onPress: actions.toggleSide,
    },
    icon('listFlat'),
    element('span', { class: 'figures columnsText' }, columnsText(comparison)),
    icon(open ? 'chevronDown' : 'chevronRight'),
  );
  made.setAttribute('aria-expanded', String(open));
  return made;
}

function testsButton(
  tests: Parameters<typeof summarizeTests>[0],
  open: boolean,
  actions: HeaderActions,
): HTMLElement | undefined {
  const summary = summarizeTests(tests);
  if (summary === undefined) return undefined;
  const made = button(
    { class: 'iconButton testsButton', key: 'tests', onPress: actions.toggleSide },
    icon(summary.icon, summary.tone),
    element('span', { class: 'figures' }, summary.short, element('span', { class: 'words' }, ` ${summary.word}`)),
    element('span', { class: 'spoken' }, summary.counts),
    icon(open ? 'chevronDown' : 'chevronRight'),
  );
  made.title = summary.label;
  made.setAttribute('aria-expanded', String(open));
  made.dataset['verdict'] = summary.verdict;
  return made;
}
