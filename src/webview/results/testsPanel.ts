import type { FileLocation, NodeTest } from '../../protocol/nodeFacts.ts';
import { formatLocation, formatRows } from '../shared/format.ts';
import { testsBySeverity, verdictLooks } from '../shared/nodeLook.ts';
import { button, element, icon } from './element.ts';

/** A node's tests with their verdicts, the failed ones first; a press opens the place where a test is written. */
export function testsPanel(tests: readonly NodeTest[], onLocation: (location: FileLocation) => void): HTMLElement {
  const items = testsBySeverity(tests).map((test) => element('li', {}, testEntry(test, onLocation)));
  return element('aside', { class: 'sidePanel', 'aria-label': 'Tests' }, element('ul', {}, ...items));
}

function testEntry(test: NodeTest, onLocation: (location: FileLocation) => void): HTMLElement {
  const look = verdictLooks[test.verdict];
  const { location } = test;
  const rows = test.failures === undefined || test.failures === 0 ? '' : `, ${formatRows(test.failures)}`;
  const content = [
    icon(look.icon, look.tone),
    element('span', { class: 'testName ellipsis', title: test.name }, test.name),
    element('span', { class: 'verdict figures muted' }, `${look.label}${rows}`),
    test.message === undefined ? undefined : element('span', { class: 'testMessage' }, test.message),
  ];
  if (location === undefined) return element('div', { class: 'test', 'data-verdict': test.verdict }, ...content);
  const made = button({ class: 'test', key: `test ${test.id}`, onPress: () => onLocation(location) }, ...content);
  made.title = `Open ${formatLocation(location)}`;
  made.dataset['verdict'] = test.verdict;
  return made;
}
