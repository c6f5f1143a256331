import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventTimeOf } from '../../../src/cli/options/eventTimeOption.ts';
import { Options } from '../../../src/cli/options/resolveOptions.ts';
import { UsageError } from '../../../src/cli/options/usageError.ts';

function spanOf(start: string, end = '2025-01-01'): readonly string[] | undefined {
  return given({ 'event-time-start': start, 'event-time-end': end });
}

function given(options: Readonly<Record<string, string>>): readonly string[] | undefined {
  const values = Object.entries(options).map(([name, value]) => [name, [value]] as const);
  const span = eventTimeOf(new Options('run', undefined, new Map(values) as Options['given']));
  return span === undefined ? undefined : [span.start, span.end].map((moment) => new Date(moment).toISOString());
}

test('dates and moments, as dbt-core 1.11.14 takes them on its command line', () => {
  const taken = {
    '2024-01-02': '2024-01-02T00:00:00.000Z',
    '2024-1-2': '2024-01-02T00:00:00.000Z',
    '2024-01-02 03:04:05': '2024-01-02T03:04:05.000Z',
    '2024-1-2T3:4:5': '2024-01-02T03:04:05.000Z',
    '2024-1-2  3:4:5': '2024-01-02T03:04:05.000Z',
  };
  for (const [text, moment] of Object.entries(taken)) assert.equal(spanOf(text)?.[0], moment, text);
  assert.equal(given({}), undefined);
});

test('what it refuses is refused', () => {
  const refused = ['2024-W01-1', '20240102', '24-1-2', '2024-001-2', ' 2024-1-2', '2024-02-30', '2024-01-02T3:4'];
  for (const text of [...refused, '2024-01-02 03:04:05.5', '2024-01-02 03:04:61'])
    assert.throws(() => spanOf(text), /does not match the formats '%Y-%m-%d'/, text);
  assert.throws(() => spanOf('2025-01-01'), /must be less than/);
  for (const one of ['event-time-start', 'event-time-end'])
    assert.throws(() => given({ [one]: '2024-01-01' }), UsageError);
});
