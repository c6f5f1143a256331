import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import type { Manifest, SourceNode } from '../src/core/compile/manifest.ts';
import { embeddedName, quoteIdentifier } from '../src/core/compile/relation.ts';
import { loadColumns } from '../src/core/run/dataType.ts';
import type { NodeResult } from '../src/core/run/nodeResult.ts';
import type { LoadType } from '../src/core/run/sqlEngine.ts';
import { type Measure, measured } from './measure.ts';

/** What is built: the sources to load, the SQL that Modelyard ran, in its order, and the table to show. */
export interface NativeWork {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly SourceNode[];
  readonly results: readonly NodeResult[];
  readonly shown: string;
}

/**
 * The same work in native SQLite: CSVs split at their commas (the sample quotes nothing) and inserted row by row in
 * one transaction, then Modelyard's own translated SQL, then the database written to a file. Throws when it finds
 * other row counts or test verdicts than Modelyard did.
 */
export function nativeBuild(open: typeof Database, work: NativeWork, pageSize: number, measure: Measure): void {
  const startedAt = performance.now();
  const database = new open(':memory:');
  measured(measure, 'load', () => {
    for (const source of work.sources) loadSource(database, source, work);
  });
  const tests = work.results.filter(({ node }) => node.resourceType === 'test');
  for (const result of work.results) {
    if (result.node.resourceType !== 'model') continue;
    const { name } = result.node;
    measured(measure, name, () => database.exec(result.executedSql ?? ''));
    const count = database
      .prepare(`select count(*) from ${quoteIdentifier(name)}`)
      .pluck()
      .get();
    if (count !== result.rowCount) throw new Error(`${name} has ${String(count)} rows natively`);
  }
  measured(measure, 'tests', () => {
    for (const { node, executedSql, failures } of tests) {
      const found = database
        .prepare(executedSql ?? '')
        .pluck()
        .get();
      if (found !== failures) throw new Error(`${node.name} finds ${String(found)} rows natively`);
    }
  });
  fs.writeFileSync(path.join(work.folder, 'native.db'), database.serialize());
  measure('build', performance.now() - startedAt);
  measured(measure, 'page', () =>
    database
      .prepare(`select * from ${quoteIdentifier(work.shown)} limit ${String(pageSize)}`)
      .raw()
      .all(),
  );
  database.close();
}

const affinities: Readonly<Record<LoadType, string>> = {
  integer: 'INTEGER',
  boolean: 'INTEGER',
  decimal: 'REAL',
  real: 'REAL',
  date: 'TEXT',
  timestamp: 'TEXT',
  text: 'TEXT',
};

/** How each type's text is stored, as the embedded engine stores it. */
const readers: Readonly<Record<LoadType, (text: string) => string | number>> = {
  integer: Number,
  boolean: (text) => (text === 'TRUE' ? 1 : 0),
  decimal: Number,
  real: Number,
  date: (text) => text,
  timestamp: (text) => text.slice(0, 'YYYY-MM-DD HH:MM:SS'.length),
  text: (text) => text,
};

function loadSource(database: Database.Database, source: SourceNode, { folder, manifest }: NativeWork): void {
  if (source.dataFile === undefined) throw new Error(`${source.name} has no file`);
  const loaded = new Map(loadColumns(source).map(({ name, type }) => [name, type]));
  const types = source.columns.map(({ name }) => loaded.get(name) ?? 'text');
  const table = quoteIdentifier(embeddedName(source.relation, manifest.project.target));
  const columns = source.columns.map(({ name }, i) => `${quoteIdentifier(name)} ${affinities[types[i] ?? 'text']}`);
  database.exec(`create table ${table} (${columns.join(', ')})`);
  const insert = database.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`);
  const read = types.map((type) => readers[type]);
  const lines = fs.readFileSync(path.join(folder, source.dataFile), 'utf8').trimEnd().split('\n');
  database.transaction(() => {
    for (const line of lines.slice(1)) {
      insert.run(line.split(',').map((text, i) => (text === '' ? null : read[i]?.(text))));
    }
  })();
}
