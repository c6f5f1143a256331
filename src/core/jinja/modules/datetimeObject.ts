import { Arguments } from '../library/arguments.ts';
import { typeError, valueError } from '../values/jinjaFailure.ts';
import {
  hostFunction,
  isCompound,
  type BinaryOperator,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
} from '../values/value.ts';
import { civilDay, isoWeek, weekday } from './calendar.ts';
import { memberOf, type Members } from './classObject.ts';
import {
  checkedDays,
  dateText,
  daysOf,
  floorDivide,
  microsOf,
  microsPerDay,
  microsPerSecond,
  momentAt,
  offsetText,
  pytzUtc,
  timeParts,
  timeText,
  totalMicros,
  utcMicros,
  type Moment,
  type TimeSpec,
} from './moment.ts';
import { strftime } from './strftime.ts';
import { isTimedelta, timedelta } from './timedelta.ts';
import { zoneArgument, zoneObject } from './zoneObject.ts';

/** A Python date, datetime or time: what it is of a moment tells `shape`. */
export interface MomentObject extends JinjaObject {
  readonly shape: 'date' | 'datetime' | 'time';
  /** A date's time is midnight, and a time's day is 1900-01-01, as `strftime` has it. */
  readonly moment: Moment;
}

const isMoment = (value: JinjaValue): value is MomentObject =>
  isCompound(value) && value.kind === 'object' && 'moment' in value;

export const isDate = (value: JinjaValue): value is MomentObject => isMoment(value) && value.shape === 'date';
export const isDateTime = (value: JinjaValue): value is MomentObject => isMoment(value) && value.shape === 'datetime';
export const isTime = (value: JinjaValue): value is MomentObject => isMoment(value) && value.shape === 'time';

const timesDay = daysOf(1900, 1, 1);
/** Python counts days from the first of year 1. */
const ordinalShift = 1 - daysOf(1, 1, 1);

/** A `datetime.date` */
export function date(days: number): MomentObject {
  return momentObject('date', { days: checkedDays(days), micros: 0, zone: undefined }, dateMembers);
}

/** A `datetime.datetime` */
export function dateTime(moment: Moment): MomentObject {
  return momentObject('datetime', moment, dateTimeMembers);
}

/** A `datetime.time` */
export function time({ micros, zone }: Omit<Moment, 'days'>): MomentObject {
  return momentObject('time', { days: timesDay, micros, zone }, timeMembers);
}

/** The datetime in UTC so many milliseconds after 1970, in the zone that dbt's `run_started_at` has. */
export function startedAtObject(startedAt: number): MomentObject {
  return dateTime(momentAt(BigInt(Math.floor(startedAt)) * 1000n, pytzUtc));
}

function momentObject(shape: MomentObject['shape'], moment: Moment, members: Members<Moment>): MomentObject {
  const isSame = (other: MomentObject): boolean => other.shape === shape && order(moment, other.moment) === 0;
  return {
    kind: 'object',
    typeName: `datetime.${shape}`,
    shape,
    moment,
    display: () => momentText(shape, moment, ' '),
    repr: () => momentRepr(shape, moment),
    getAttr: (name) => memberOf(members, moment, name),
    equals: (other) => isMoment(other) && isSame(other),
    compare: (other) => {
      if (!isMoment(other) || other.shape !== shape) return undefined;
      const result = order(moment, other.moment);
      if (result === undefined) throw typeError(`can't compare offset-naive and offset-aware ${shape}s`);
      return result;
    },
    format: (spec) => strftime(moment, spec),
    hashKey: () => `${shape} ${String(utcMicros(moment))} ${moment.zone === undefined ? 'naive' : 'aware'}`,
    ...(shape === 'time' ? {} : { operate: (...given) => operate(shape, moment, ...given) }),
  };
}

/** Undefined for one with a zone and one without, which have no order. */
function order(left: Moment, right: Moment): number | undefined {
  if ((left.zone === undefined) !== (right.zone === undefined)) return undefined;
  return Number(utcMicros(left) - utcMicros(right));
}

function operate(
  shape: 'date' | 'datetime',
  moment: Moment,
  operator: BinaryOperator,
  other: JinjaValue,
  reflected: boolean,
): JinjaValue | undefined {
  if (isTimedelta(other) && (operator === '+' || (operator === '-' && !reflected))) {
    const span = operator === '+' ? other.span : -other.span;
    // Of a timedelta a date takes the whole days alone.
    if (shape === 'date') {
      const days = floorDivide(other.span, BigInt(microsPerDay));
      return date(moment.days + Number(operator === '+' ? days : -days));
    }
    return dateTime(momentAt(totalMicros(moment) + span, moment.zone));
  }
  if (operator !== '-' || reflected || !isMoment(other) || other.shape !== shape) return undefined;
  if ((moment.zone === undefined) !== (other.moment.zone === undefined))
    throw typeError("can't subtract offset-naive and offset-aware datetimes");
  return timedelta(utcMicros(moment) - utcMicros(other.moment));
}

function momentText(shape: MomentObject['shape'], moment: Moment, separator: string, spec?: TimeSpec): string {
  if (shape === 'date') return dateText(moment.days);
  const clock = timeText(moment.micros, spec) + (moment.zone === undefined ? '' : offsetText(moment.zone.offset));
  return shape === 'time' ? clock : dateText(moment.days) + separator + clock;
}

function momentRepr(shape: MomentObject['shape'], moment: Moment): string {
  const { year, month, day } = civilDay(moment.days);
  const { hour, minute, second, microsecond } = timeParts(moment.micros);
  const small = microsecond > 0 ? [second, microsecond] : second > 0 ? [second] : [];
  const numbers = [
    ...(shape === 'time' ? [] : [year, month, day]),
    ...(shape === 'date' ? [] : [hour, minute, ...small]),
  ].map(String);
  const zone = moment.zone === undefined ? [] : [`tzinfo=${moment.zone.repr}`];
  return `datetime.${shape}(${[...numbers, ...zone].join(', ')})`;
}

const method =
  (name: string, parameters: readonly string[], work: (self: Moment, given: Arguments) => JinjaValue) =>
  (self: Moment): JinjaCallable =>
    hostFunction(name, (args, kwargs) => work(self, new Arguments(name, parameters, { args, kwargs })));

const dayParameters = ['year', 'month', 'day'] as const;
const timeParameters = ['hour', 'minute', 'second', 'microsecond', 'tzinfo'] as const;

function replacedDays(days: number, given: Arguments): number {
  const { year, month, day } = civilDay(days);
  return daysOf(given.integer('year', year), given.integer('month', month), given.integer('day', day));
}

function replacedTime({ micros, zone }: Moment, given: Arguments): Omit<Moment, 'days'> {
  const { hour, minute, second, microsecond } = timeParts(micros);
  const replaced = microsOf({
    hour: given.integer('hour', hour),
    minute: given.integer('minute', minute),
    second: given.integer('second', second),
    microsecond: given.integer('microsecond', microsecond),
  });
  const zoned = given.optional('tzinfo');
  return { micros: replaced, zone: zoned === undefined ? zone : zoneArgument(zoned) };
}

const timeSpecs = ['auto', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'] as const;

function timeSpec(given: Arguments): TimeSpec {
  const text = given.text('timespec', 'auto');
  const found = timeSpecs.find((one) => one === text);
  if (found === undefined) throw valueError(`Unknown timespec value: ${text}`);
  return found;
}

const strftimeMethod = method('strftime', ['format'], (self, given) => strftime(self, given.text('format')));

const ofDay: Members<Moment> = {
  year: ({ days }) => BigInt(civilDay(days).year),
  month: ({ days }) => BigInt(civilDay(days).month),
  day: ({ days }) => BigInt(civilDay(days).day),
  weekday: method('weekday', [], ({ days }) => BigInt(weekday(days))),
  isoweekday: method('isoweekday', [], ({ days }) => BigInt(weekday(days) + 1)),
  toordinal: method('toordinal', [], ({ days }) => BigInt(days + ordinalShift)),
  isocalendar: method('isocalendar', [], ({ days }) => isoCalendar(days)),
  ctime: method('ctime', [], (self) => strftime(self, '%c')),
  strftime: strftimeMethod,
};

/** Python's IsoCalendarDate: a tuple whose items have names. */
function isoCalendar(days: number): JinjaObject {
  const { year, week } = isoWeek(days);
  const items = [year, week, weekday(days) + 1].map(BigInt);
  const names = ['year', 'week', 'weekday'];
  const display = (): string =>
    `datetime.IsoCalendarDate(${names.map((name, at) => `${name}=${String(items[at])}`).join(', ')})`;
  return {
    kind: 'object',
    typeName: 'datetime.IsoCalendarDate',
    display,
    getAttr: (name) => items[names.indexOf(name)],
    getItem: (key) => (typeof key === 'bigint' ? items.at(Number(key)) : undefined),
    iterate: () => items,
    length: () => items.length,
    equals: (other) => isCompound(other) && (other.kind === 'object' ? other.display() === display() : false),
    hashKey: () => `isocalendar ${String(days)}`,
  };
}

const ofTime: Members<Moment> = {
  hour: ({ micros }) => BigInt(timeParts(micros).hour),
  minute: ({ micros }) => BigInt(timeParts(micros).minute),
  second: ({ micros }) => BigInt(timeParts(micros).second),
  microsecond: ({ micros }) => BigInt(timeParts(micros).microsecond),
  fold: () => 0n,
  tzinfo: ({ zone }) => (zone === undefined ? null : zoneObject(zone)),
  utcoffset: method('utcoffset', [], ({ zone }) =>
    zone === undefined ? null : timedelta(BigInt(zone.offset * microsPerSecond)),
  ),
  tzname: method('tzname', [], ({ zone }) => zone?.name ?? null),
  dst: method('dst', [], ({ zone }) => (zone === pytzUtc ? timedelta(0n) : null)),
  strftime: strftimeMethod,
};

const dateMembers: Members<Moment> = {
  ...ofDay,
  isoformat: method('isoformat', [], ({ days }) => dateText(days)),
  replace: method('replace', dayParameters, ({ days }, given) => date(replacedDays(days, given))),
};

const timeMembers: Members<Moment> = {
  ...ofTime,
  isoformat: method('isoformat', ['timespec'], (self, given) => momentText('time', self, '', timeSpec(given))),
  replace: method('replace', timeParameters, (self, given) => time(replacedTime(self, given))),
};

const dateTimeMembers: Members<Moment> = {
  ...ofDay,
  ...ofTime,
  isoformat: method('isoformat', ['sep', 'timespec'], (self, given) =>
    momentText('datetime', self, given.text('sep', 'T'), timeSpec(given)),
  ),
  replace: method('replace', [...dayParameters, ...timeParameters], (self, given) =>
    dateTime({ days: replacedDays(self.days, given), ...replacedTime(self, given) }),
  ),
  date: method('date', [], ({ days }) => date(days)),
  time: method('time', [], ({ micros }) => time({ micros, zone: undefined })),
  timetz: method('timetz', [], (self) => time(self)),
  timestamp: method('timestamp', [], (self) => Number(utcMicros(self)) / microsPerSecond),
  astimezone: method('astimezone', ['tz'], (self, given) => {
    const zone = zoneArgument(given.optional('tz')) ?? pytzUtc;
    const total = utcMicros(self) + BigInt(zone.offset) * BigInt(microsPerSecond);
    return dateTime(momentAt(total, zone));
  }),
};
