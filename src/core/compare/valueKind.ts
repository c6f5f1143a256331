/**
 * What the values of a column are, as far as comparing goes: `exact` numbers have all their digits, `real` ones are
 * binary fractions.
 */
export type ValueKind = 'exact' | 'real' | 'boolean' | 'date' | 'timestamp' | 'text' | 'unknown';

const patterns: readonly (readonly [RegExp, ValueKind])[] = [
  [/^(u?(big|small|tiny|medium|huge)?int(eger)?|u?int\d+|byteint|long|short|(big|small)?serial)( unsigned)?$/, 'exact'],
  [/^(dec|decimal|decimal\d+|numeric|bignumeric|bigdecimal|number)$/, 'exact'],
  [/^(real|float\d*|double|double precision)$/, 'real'],
  [/^bool(ean)?$/, 'boolean'],
  [/^date(32)?$/, 'date'],
  [/^(timestamp(tz|_\w+)?( with(out)?( local)? time zone)?|(small)?datetime(2|64|offset)?)$/, 'timestamp'],
];

/** The kind of a type by its name, in any warehouse's spelling: `NUMBER(38,2)`, `double precision`, `TIMESTAMP_NTZ(9)`. */
export function valueKind(typeName: string): ValueKind {
  const name = withoutArguments(typeName.trim().toLowerCase());
  if (name === '' || name === 'unknown') return 'unknown';
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}

/** ClickHouse writes around a type that it may be null or is kept in a dictionary; elsewhere arguments stand behind it. */
function withoutArguments(name: string): string {
  const inner = /^(?:nullable|lowcardinality)\((.*)\)$/.exec(name)?.[1];
  if (inner !== undefined) return withoutArguments(inner);
  return name
    .replace(/\s*\([^)]*\)/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
