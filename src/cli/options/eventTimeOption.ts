import type { Batch } from '../../core/compile/batch.ts';
import { eventMomentOf } from '../../core/compile/eventMomentOf.ts';
import type { OptionName } from './optionTable.ts';
import { shownName } from './parseArguments.ts';
import type { Options } from './resolveOptions.ts';
import { UsageError } from './usageError.ts';

/**
 * The span of event time that `--event-time-start` and `--event-time-end` name, which dbt takes together or not at all
 * (core/dbt/cli/flags.py, _validate_event_time_configs). Throws `UsageError`.
 */
export function eventTimeOf(options: Options): Batch | undefined {
  const start = momentOf(options, 'event-time-start');
  const end = momentOf(options, 'event-time-end');
  if (start === undefined && end === undefined) return undefined;
  if (start === undefined) throw lacking('event-time-end', 'event-time-start');
  if (end === undefined) throw lacking('event-time-start', 'event-time-end');
  if (start >= end) throw new UsageError('Value for `--event-time-start` must be less than `--event-time-end`');
  return { start, end };
}

function lacking(given: OptionName, other: OptionName): UsageError {
  return new UsageError(
    `The flag \`--${given}\` was specified, but \`--${other}\` was not. When specifying \`--${given}\`, \`--${other}\` must also be present.`,
  );
}

/** The forms that dbt's command line takes; as in Python's `strptime`, parts may lack their leading zero. */
const forms = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{1,2}):(\d{1,2}))?$/i;

function momentOf(options: Options, name: OptionName): number | undefined {
  const text = options.value(name);
  if (text === undefined) return undefined;
  const [, year = '', ...parts] = forms.exec(text) ?? [];
  const [month = '', day = '', hour = '00', minute = '00', second = '00'] = parts.map((part?: string) =>
    part?.padStart(2, '0'),
  );
  const moment = eventMomentOf(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
  if (moment !== undefined) return moment;
  throw new UsageError(
    `Invalid value for ${shownName(name)}: '${text}' does not match the formats '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'.`,
  );
}
