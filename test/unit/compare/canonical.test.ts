import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalDate, canonicalTimestamp } from '../../../src/core/compare/canonicalMoment.ts';
import { canonicalNumber, canonicalReal } from '../../../src/core/compare/canonicalNumber.ts';
import { valueKind } from '../../../src/core/compare/valueKind.ts';

/** Each line: texts that have one form, which stands last. */
function check(form: (text: string) => string | undefined, groups: readonly (readonly string[])[]): void {
  for (const group of groups) {
    const expected = group.at(-1);
    for (const text of group) assert.equal(form(text), expected, text);
  }
}

function checkNone(form: (text: string) => string | undefined, texts: readonly string[]): void {
  for (const text of texts) assert.equal(form(text), undefined, text);
}

test('exact numbers', () => {
  check(canonicalNumber, [
    ['10.50', '010.5', '+10.5', '1.05e1', '105E-1', '10.5'],
    ['-0.00', '0', '0e5', '.0', '-0', '0'],
    ['.5', '0.50', '5e-1', '0.5'],
    ['1E+3', '1000.', '1000'],
    ['12345678901234567890.1234567890', '12345678901234567890.123456789'],
    ['-100', '-1e2', '-100'],
  ]);
  checkNone(canonicalNumber, ['', '.', 'x', '1,000', '$1', '1e', 'nan', '1e99999', '0x10', '1 2']);
});

test('binary fractions', () => {
  check(canonicalReal, [
    ['0.30000000000000004', '0.3'],
    ['1e21', '1000000000000000000000'],
    ['NaN', 'nan'],
    ['Infinity', 'inf'],
    ['-Infinity', '-inf'],
    ['1.5E-7', '0.00000015'],
    ['-0.250', '-2.5e-1', '-0.25'],
    ['0.0', '-0', '0'],
    ['123456789012345.6', '123456789012346'],
  ]);
  checkNone(canonicalReal, ['', 'x']);
});

test('dates and moments', () => {
  check(canonicalDate, [['2024-01-02 00:00:00', '2024-01-02T00:00:00.000', '2024-01-02']]);
  checkNone(canonicalDate, ['2024-1-2', '02/01/2024', '2024-01-02 00:00:01']);
  check(canonicalTimestamp, [
    ['2024-01-02', '2024-01-02T00:00Z', '2024-01-02 01:00:00+01', '2024-01-02 00:00:00 UTC', '2024-01-02 00:00:00'],
    ['2024-01-02 03:04:05.000', '2024-01-02 03:04:05.', '2024-01-02 03:04:05'],
    ['2024-01-02 03:04:05.6000', '2024-01-02 03:04:05.600000+0000', '2024-01-02 03:04:05.6'],
    ['2023-12-31 23:30:01.123456789-00:45', '2024-01-01 00:15:01.123456789'],
  ]);
  checkNone(canonicalTimestamp, [
    '',
    'now',
    '2024-01-02 25',
    '12:00:00',
    '2024-01-02 03:04:05 CET',
    '2024-01-02 03:04:0500',
  ]);
});

test('kinds of types, in the spelling of each warehouse', () => {
  const kinds = {
    exact:
      'integer INT64 bigint HUGEINT NUMBER(38,0) decimal(18,2) NUMERIC BIGNUMERIC|Nullable(Int32) Decimal(18, 2) int4|UInt8',
    real: 'double|double precision|FLOAT64|float8|real|Float32',
    boolean: 'bool|BOOLEAN|Nullable(Bool)',
    date: 'DATE|Date32',
    timestamp:
      'timestamp|timestamp without time zone|TIMESTAMP WITH TIME ZONE|timestamp(6) with time zone|TIMESTAMP_NTZ(9)|datetime|DateTime64(3)|timestamptz|TIMESTAMP_LTZ',
    text: 'text|VARCHAR(16777216)|character varying(256)|STRING|json|uuid|interval|time|array<int64>|struct<a int64>',
    unknown: '|unknown',
  };
  for (const [kind, names] of Object.entries(kinds)) {
    const each = kind === 'exact' ? names.split(/(?<=\))\s|\||(?<!,)\s/) : names.split('|');
    for (const name of each) assert.equal(valueKind(name), kind, name);
  }
});
