// A reporter for Node's test runner that writes how many tests passed, failed and were skipped, as JSON.

/**
 * Suites are not counted: they fail with their tests.
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} source
 * @returns {AsyncGenerator<string>}
 */
export default async function* countReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, skip } = event.data;
    if (details.type === 'suite') continue;
    if (skip !== undefined && skip !== false) counts.skipped++;
    else if (event.type === 'test:pass') counts.passed++;
    else counts.failed++;
  }
  yield JSON.stringify(counts);
}
