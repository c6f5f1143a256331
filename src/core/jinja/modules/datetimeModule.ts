import { Arguments } from '../library/arguments.ts';
import { typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import { dictOf, type JinjaDict } from '../values/dict.ts';
import { asFloat } from '../values/numbers.ts';
import { hostFunction, typeName, type JinjaCallable, type JinjaValue } from '../values/value.ts';
import { dayNumber, isoYearStart, maxYear, minYear } from './calendar.ts';
import { classObject } from './classObject.ts';
import { date, dateTime, isDate, isDateTime, isTime, time } from './datetimeObject.ts';
import {
  checkedDays,
  daysOf,
  fixedZone,
  microsOf,
  microsPerDay,
  microsPerSecond,
  momentAt,
  type Moment,
  type Zone,
} from './moment.ts';
import { strptime } from './strptime.ts';
import { timedelta, timedeltaClass } from './timedelta.ts';
import { zoneArgument } from './zoneObject.ts';

/**
 * `modules.datetime`: the classes that dbt hands out (dbt-core: context/base.py). What Python asks the clock,
 * `startedAt` answers: the start of the command in milliseconds since 1970. The clock's own zone is UTC.
 */
export function datetimeModule(startedAt: () => number): JinjaDict {
  return dictOf({
    date: dateClass(startedAt),
    datetime: dateTimeClass(startedAt),
    time: timeClass,
    timedelta: timedeltaClass,
    tzinfo: tzinfoClass,
  });
}

const tzinfoClass = classObject(
  'datetime.tzinfo',
  () => {
    throw unsupported('A tzinfo of your own (a template cannot define a class)');
  },
  {},
);

const lastDay = dayNumber({ year: maxYear, month: 12, day: 31 });
const firstDay = dayNumber({ year: minYear, month: 1, day: 1 });
const lastMicro = microsPerDay - 1;

const dayParameters = ['year', 'month', 'day'] as const;
const timeParameters = ['hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'] as const;

const givenDays = (given: Arguments): number =>
  daysOf(given.integer('year'), given.integer('month'), given.integer('day'));

function givenTime(given: Arguments): Omit<Moment, 'days'> {
  const part = (name: string): number => given.integer(name, 0);
  const micros = microsOf({
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    microsecond: part('microsecond'),
  });
  return { micros, zone: zoneArgument(given.optional('tzinfo')) };
}

const make = (name: string, parameters: readonly string[], work: (given: Arguments) => JinjaValue): JinjaCallable =>
  hostFunction(name, (args, kwargs) => work(new Arguments(name, parameters, { args, kwargs })));

/** Days of `fromordinal` and `fromisocalendar`, which dates and datetimes have in common. */
const dayMakers = (wrap: (days: number) => JinjaValue): Readonly<Record<string, JinjaValue>> => ({
  fromordinal: make('fromordinal', ['n'], (given) => wrap(checkedDays(given.integer('n') + firstDay - 1))),
  fromisocalendar: make('fromisocalendar', ['year', 'week', 'day'], (given) => {
    const [year, week, day] = [given.integer('year'), given.integer('week'), given.integer('day')];
    const start = isoYearStart(year);
    if (week < 1 || start + week * 7 > isoYearStart(year + 1)) throw valueError(`Invalid week: ${String(week)}`);
    if (day < 1 || day > 7) throw valueError(`Invalid weekday: ${String(day)} (range is [1, 7])`);
    return wrap(checkedDays(start + (week - 1) * 7 + day - 1));
  }),
});

function timestampMicros(given: Arguments): bigint {
  const value = given.required('timestamp');
  const seconds = asFloat(value);
  if (seconds === undefined || !Number.isFinite(seconds))
    throw typeError(`a timestamp is a number, not ${typeName(value)}`);
  const whole = Math.floor(seconds);
  return BigInt(whole) * BigInt(microsPerSecond) + BigInt(Math.round((seconds - whole) * microsPerSecond));
}

function dateClass(startedAt: () => number): JinjaValue {
  return classObject(
    'datetime.date',
    (args, kwargs) => date(givenDays(new Arguments('date', dayParameters, { args, kwargs }))),
    {
      min: date(firstDay),
      max: date(lastDay),
      resolution: timedelta(BigInt(microsPerDay)),
      today: make('today', [], () => date(momentAt(BigInt(startedAt()) * 1000n, undefined).days)),
      fromtimestamp: make('fromtimestamp', ['timestamp'], (given) =>
        date(momentAt(timestampMicros(given), undefined).days),
      ),
      fromisoformat: make('fromisoformat', ['date_string'], (given) =>
        date(isoMoment(given.text('date_string'), 'date').days),
      ),
      ...dayMakers(date),
    },
  );
}

function dateTimeClass(startedAt: () => number): JinjaValue {
  const now = (zone: Zone | undefined): JinjaValue =>
    dateTime(momentAt(BigInt(startedAt()) * 1000n + BigInt((zone?.offset ?? 0) * microsPerSecond), zone));
  return classObject(
    'datetime.datetime',
    (args, kwargs) => {
      const given = new Arguments('datetime', [...dayParameters, ...timeParameters], { args, kwargs });
      return dateTime({ days: givenDays(given), ...givenTime(given) });
    },
    {
      min: dateTime({ days: firstDay, micros: 0, zone: undefined }),
      max: dateTime({ days: lastDay, micros: lastMicro, zone: undefined }),
      resolution: timedelta(1n),
      now: make('now', ['tz'], (given) => now(zoneArgument(given.optional('tz')))),
      utcnow: make('utcnow', [], () => now(undefined)),
      today: make('today', [], () => now(undefined)),
      strptime: make('strptime', ['date_string', 'format'], (given) =>
        dateTime(strptime(given.text('date_string'), given.text('format'))),
      ),
      fromisoformat: make('fromisoformat', ['date_string'], (given) =>
        dateTime(isoMoment(given.text('date_string'), 'datetime')),
      ),
      fromtimestamp: make('fromtimestamp', ['timestamp', 'tz'], (given) => {
        const zone = zoneArgument(given.optional('tz'));
        return dateTime(momentAt(timestampMicros(given) + BigInt((zone?.offset ?? 0) * microsPerSecond), zone));
      }),
      utcfromtimestamp: make('utcfromtimestamp', ['timestamp'], (given) =>
        dateTime(momentAt(timestampMicros(given), undefined)),
      ),
      combine: make('combine', ['date', 'time', 'tzinfo'], (given) => {
        const [day, clock] = [given.required('date'), given.required('time')];
        if (!isDate(day) && !isDateTime(day)) throw typeError(`combine() needs a date, not ${typeName(day)}`);
        if (!isTime(clock)) throw typeError(`combine() needs a time, not ${typeName(clock)}`);
        const zoned = given.optional('tzinfo');
        const zone = zoned === undefined ? clock.moment.zone : zoneArgument(zoned);
        return dateTime({ days: day.moment.days, micros: clock.moment.micros, zone });
      }),
      ...dayMakers((days) => dateTime({ days, micros: 0, zone: undefined })),
    },
  );
}

const timeClass = classObject(
  'datetime.time',
  (args, kwargs) => time(givenTime(new Arguments('time', timeParameters, { args, kwargs }))),
  {
    min: time({ micros: 0, zone: undefined }),
    max: time({ micros: lastMicro, zone: undefined }),
    resolution: timedelta(1n),
    fromisoformat: make('fromisoformat', ['time_string'], (given) =>
      time(isoMoment(given.text('time_string'), 'time')),
    ),
  },
);

const isoDay = '(\\d{4})-?(\\d\\d)-?(\\d\\d)';
const isoTime = 'T?(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d+))?)?)?(Z|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?';
const isoForms = {
  date: new RegExp(`^${isoDay}$`),
  datetime: new RegExp(`^${isoDay}(?:.${isoTime})?$`, 's'),
  time: new RegExp(`^()()()${isoTime}$`),
} as const;

/** ISO 8601 as `fromisoformat` takes it; weeks are not read. */
function isoMoment(text: string, shape: keyof typeof isoForms): Moment {
  const match = isoForms[shape].exec(text);
  if (match === null) throw valueError(`Invalid isoformat string: '${text}'`);
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const micros = microsOf({
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
    microsecond: Number((match[7] ?? '').slice(0, 6).padEnd(6, '0')),
  });
  const days = shape === 'time' ? 0 : daysOf(year ?? 0, month ?? 0, day ?? 0);
  return { days, micros, zone: isoZone(match[8]) };
}

function isoZone(text: string | undefined): Zone | undefined {
  if (text === undefined) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = (text.slice(1).replaceAll(':', '').match(/../g) ?? []).map(Number);
  const size = (hours * 60 + minutes) * 60 + seconds;
  return fixedZone(text.startsWith('-') ? -size : size);
}
