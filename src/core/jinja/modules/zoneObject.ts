import { typeError } from '../values/jinjaFailure.ts';
import { hostFunction, isCompound, typeName, type JinjaObject, type JinjaValue } from '../values/value.ts';
import { memberOf, type Members } from './classObject.ts';
import { microsPerSecond, pytzUtc, type Zone } from './moment.ts';
import { timedelta } from './timedelta.ts';

/** A Python tzinfo. */
export interface ZoneObject extends JinjaObject {
  readonly timeZone: Zone;
}

const isZone = (value: JinjaValue): value is ZoneObject =>
  isCompound(value) && value.kind === 'object' && 'timeZone' in value;

/** A zone as templates see it. */
export function zoneObject(zone: Zone): ZoneObject {
  return {
    kind: 'object',
    typeName: zone === pytzUtc ? 'pytz.UTC' : 'datetime.timezone',
    timeZone: zone,
    display: () => zone.name,
    repr: () => zone.repr,
    getAttr: (name) => memberOf(members, zone, name),
    equals: (other) => isZone(other) && other.timeZone.repr === zone.repr,
    hashKey: () => `zone ${zone.repr}`,
  };
}

/** A zone or None, as arguments have it. */
export function zoneArgument(value: JinjaValue | undefined): Zone | undefined {
  if (value === undefined || value === null) return undefined;
  if (isZone(value)) return value.timeZone;
  throw typeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`);
}

const members: Members<Zone> = {
  zone: (zone) => (zone === pytzUtc ? zone.name : null),
  utcoffset: (zone) => hostFunction('utcoffset', () => timedelta(BigInt(zone.offset * microsPerSecond))),
  tzname: (zone) => hostFunction('tzname', () => zone.name),
  dst: (zone) => hostFunction('dst', () => (zone === pytzUtc ? timedelta(0n) : null)),
};
