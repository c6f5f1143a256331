import { Arguments } from '../library/arguments.ts';
import { typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import { dictOf } from '../values/dict.ts';
import { hostFunction, typeName, type JinjaCallable } from '../values/value.ts';
import { dateTime, isDateTime, type MomentObject } from './datetimeObject.ts';
import { momentAt, pytzUtc, utcMicros } from './moment.ts';
import { zoneObject } from './zoneObject.ts';

const onDateTime = (name: string, work: (value: MomentObject) => MomentObject): JinjaCallable =>
  hostFunction(name, (args, kwargs) => {
    const value = new Arguments(name, ['dt', 'is_dst'], { args, kwargs }).required('dt');
    if (!isDateTime(value)) throw typeError(`${name}() needs a datetime, not ${typeName(value)}`);
    return work(value);
  });

const localize = onDateTime('localize', ({ moment }) => {
  if (moment.zone !== undefined) throw valueError('Not naive datetime (tzinfo is already set)');
  return dateTime({ ...moment, zone: pytzUtc });
});

const normalize = onDateTime('normalize', ({ moment }) => {
  if (moment.zone === undefined) throw valueError('Naive time - no tzinfo set');
  return dateTime(momentAt(utcMicros(moment), pytzUtc));
});

const plainUtc = zoneObject(pytzUtc);
const utc = {
  ...plainUtc,
  getAttr: (name: string) =>
    name === 'localize' ? localize : name === 'normalize' ? normalize : plainUtc.getAttr(name),
};

const timezone = hostFunction('timezone', (args, kwargs) => {
  const zone = new Arguments('timezone', ['zone'], { args, kwargs }).text('zone');
  if (zone.toUpperCase() === 'UTC') return utc;
  throw unsupported(`The time zone '${zone}' (only UTC is known here)`);
});

/** `modules.pytz`: UTC alone, since the core holds no database of time zones. */
export const pytzModule = dictOf({ utc, UTC: utc, timezone });
