import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import initSqlJs, { type Database } from 'sql.js';
import { sqlFunctions } from '../../../src/engine/sqlFunctions.ts';
import { translate } from '../../../src/core/sql/translate.ts';
import type { RelationTypes, SqlType } from '../../../src/core/sql/translation.ts';
import { root } from '../root.ts';

interface Case {
  readonly query: string;
  /** The embedded engine does not do this, and must say so. */
  readonly refused?: true;
  /** DuckDB does not do this either. */
  readonly fails?: true;
}

interface Table {
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

type Value = string | number | null | { readonly decimal: string };

interface Answer {
  readonly columns?: readonly (readonly [string, string])[];
  readonly rows?: readonly (readonly Value[])[];
  readonly error?: string;
}

function fixture(name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(root, 'test/fixtures/sql', name), 'utf8'));
}

const { tables, cases } = fixture('cases.json') as { tables: Record<string, Table>; cases: readonly Case[] };
const { duckdb, answers } = fixture('answers.json') as { duckdb: string; answers: readonly Answer[] };

function typeOf(name: string): SqlType {
  const scale = /^DECIMAL\(\d+, ?(\d+)\)$/i.exec(name)?.[1];
  if (scale !== undefined) return { kind: 'decimal', scale: Number(scale) };
  if (/INT/i.test(name)) return { kind: 'integer' };
  if (/^(double|float)$/i.test(name)) return { kind: 'real' };
  if (/^timestamp/i.test(name)) return { kind: 'timestamp' };
  if (/^varchar$/i.test(name)) return { kind: 'text' };
  const kind = (['boolean', 'date'] as const).find((one) => one === name.toLowerCase());
  return { kind: kind ?? 'unknown' };
}

const relations: RelationTypes = Object.fromEntries(
  Object.entries(tables).map(([name, table]) => [name, table.columns.map(([c, t]) => ({ name: c, type: typeOf(t) }))]),
);

/** The tables as the CSV loader makes them: booleans 0 and 1, decimals REAL, dates and timestamps text. */
function load(database: Database): void {
  const storage = { integer: 'integer', boolean: 'integer', decimal: 'real', real: 'real' } as const;
  for (const [name, { rows }] of Object.entries(tables)) {
    const columns = relations[name] ?? [];
    const storageOf = (kind: SqlType['kind']): string => (kind in storage ? storage[kind as 'integer'] : 'text');
    database.run(`create table ${name} (${columns.map((c) => `"${c.name}" ${storageOf(c.type.kind)}`).join(', ')})`);
    for (const row of rows) {
      const values = row.map((value) => (typeof value === 'boolean' ? Number(value) : value));
      database.run(`insert into ${name} values (${row.map(() => '?').join(', ')})`, values);
    }
  }
}

/** A decimal must be the very double that is nearest to it; a float may differ in its last digits. */
function isSame(given: unknown, wanted: Value): boolean {
  if (wanted !== null && typeof wanted === 'object') return given === Number(wanted.decimal);
  if (typeof wanted === 'number' && typeof given === 'number') {
    return Math.abs(given - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted));
  }
  return given === wanted;
}

const sqlite = await initSqlJs({ useOldExtensionFunctions: false } as initSqlJs.SqlJsConfig);
const database = new sqlite.Database();
load(database);
for (const { name, body } of sqlFunctions) database.create_function(name, body);

function run(sql: string): readonly (readonly unknown[])[] {
  return database.exec(sql)[0]?.values ?? [];
}

function runFails(sql: string): boolean {
  try {
    run(sql);
    return false;
  } catch {
    return true;
  }
}

cases.forEach(({ query, refused = false, fails = false }, i) => {
  const answer = answers[i] ?? {};
  const verdict = refused ? 'refused' : fails ? 'fails' : 'the same';
  test(`as DuckDB ${duckdb} answers, ${verdict}: ${query}`, () => {
    const made = translate({ sql: query, dialect: 'duckdb', relations, file: 'case.sql' });
    if (refused || fails) {
      assert.ok(made.sql === undefined || runFails(made.sql), `answered by ${made.sql ?? ''}`);
      assert.ok(!fails || answer.error !== undefined, 'DuckDB answers this');
      return;
    }
    assert.deepEqual(made.diagnostics, []);
    assert.ok(made.sql !== undefined && answer.rows !== undefined && answer.columns !== undefined);
    const rows = run(made.sql);
    const same =
      answer.rows.length === rows.length && answer.rows.every((row, r) => row.every((v, c) => isSame(rows[r]?.[c], v)));
    assert.ok(same, `\n${made.sql}\ngives ${JSON.stringify(rows)}\nnot   ${JSON.stringify(answer.rows)}`);
    assert.deepEqual(
      made.columns,
      answer.columns.map(([name, type]) => ({ name, type: typeOf(type) })),
    );
  });
});
