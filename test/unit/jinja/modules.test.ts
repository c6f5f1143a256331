import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startedAtObject } from '../../../src/core/jinja/modules/datetimeObject.ts';
import { contextModules } from '../../../src/core/jinja/modules/contextModules.ts';
import { globalsWith, renderText } from './renderText.ts';

const startedAt = Date.UTC(2024, 1, 29, 10, 5, 6, 789);

function render(text: string): ReturnType<typeof renderText> {
  return renderText(text, {
    globals: globalsWith({ modules: contextModules(() => startedAt), run_started_at: startedAtObject(startedAt) }),
  });
}

test('the clock of modules.datetime is the start of the command', () => {
  const { text } = render(
    '{{ modules.datetime.datetime.now() }}|{{ modules.datetime.datetime.now(modules.pytz.utc) }}|{{ modules.datetime.datetime.utcnow() }}|{{ modules.datetime.date.today() }}',
  );
  const now = '2024-02-29 10:05:06.789000';
  assert.equal(text, `${now}|${now}+00:00|${now}|2024-02-29`);
});

test('run_started_at is a datetime in UTC', () => {
  const { text } = render(
    "{{ run_started_at }}|{{ run_started_at.strftime('%Y-%m-%d') }}|{{ run_started_at + modules.datetime.timedelta(days=1) }}|{{ [run_started_at] }}",
  );
  assert.equal(
    text,
    '2024-02-29 10:05:06.789000+00:00|2024-02-29|2024-03-01 10:05:06.789000+00:00|' +
      '[datetime.datetime(2024, 2, 29, 10, 5, 6, 789000, tzinfo=<UTC>)]',
  );
});

test('a time zone other than UTC is refused by its name', () => {
  const { diagnostics } = render("{{ modules.pytz.timezone('Europe/Paris') }}");
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['jinja.unsupported'],
  );
  assert.match(diagnostics[0]?.message ?? '', /Europe\/Paris/);
});
