import assert from 'node:assert/strict';
import test from 'node:test';
import { dataTypeName } from '../../../src/core/run/dataType.ts';
import { translate } from '../../../src/core/sql/translate.ts';
import type { Dialect, SqlType } from '../../../src/core/sql/translation.ts';

const dialects: readonly Dialect[] = [
  'sqlite',
  'duckdb',
  'postgres',
  'redshift',
  'snowflake',
  'bigquery',
  'databricks',
  'spark',
  'trino',
];
const kinds: readonly SqlType[] = [
  { kind: 'integer' },
  { kind: 'real' },
  { kind: 'decimal', scale: 2 },
  { kind: 'boolean' },
  { kind: 'date' },
  { kind: 'timestamp' },
  { kind: 'text' },
];

for (const dialect of dialects) {
  void test(`the names of ${dialect}'s types are those of its SQL`, () => {
    for (const type of kinds) {
      const sql = `select cast(null as ${dataTypeName(type, dialect) ?? ''}) as a`;
      const { diagnostics } = translate({ sql, dialect, relations: {}, file: 'a.sql' });
      assert.deepEqual(
        diagnostics.map(({ message }) => message),
        [],
        sql,
      );
    }
  });
}
