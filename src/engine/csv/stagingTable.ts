import { type LoadedColumn } from '../../core/run/sqlEngine.ts';
import { type SqliteC } from '../sqljs/sqliteC.ts';
import { type SqlJsDatabase } from '../sqljs/sqlJsTypes.ts';
import { inSql } from '../sqljs/statements.ts';
import { affinities, type ColumnReader, type ColumnResult } from './columnReader.ts';
import { CRowInserter, PlainRowInserter, type RowInserter } from './rowInserter.ts';

const staging = '"_modelyard_load"';
const recasting = '"_modelyard_recast"';

/** Quotes a name for SQL. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A table under a name of its own that takes a file's rows, and takes the place of the real one in the end. All
 * within a savepoint: whatever goes wrong, `undo` leaves the database as it was.
 */
export class StagingTable {
  readonly #database: SqlJsDatabase;
  readonly #c: SqliteC | undefined;

  constructor(database: SqlJsDatabase, c: SqliteC | undefined) {
    this.#database = database;
    this.#c = c;
    this.#run('SAVEPOINT _modelyard_load');
  }

  create(names: readonly string[], readers: readonly ColumnReader[]): RowInserter {
    const columns = readers.map((reader, at) => ({ name: names[at] ?? '', type: reader.bindType }));
    this.#run(createTable(staging, columns));
    return this.#c === undefined
      ? new PlainRowInserter(this.#database, staging, columns.length)
      : new CRowInserter(this.#c, this.#database, staging, columns.length);
  }

  /** Makes it the table of that name, and ends the savepoint. */
  replace(table: string, results: readonly ColumnResult[]): void {
    if (results.some((result) => result.recast !== undefined)) this.#recast(results);
    this.#dropExisting(table);
    this.#rename(staging, quotedName(table));
    this.#run('RELEASE _modelyard_load');
  }

  undo(): void {
    try {
      this.#run('ROLLBACK TO _modelyard_load; RELEASE _modelyard_load');
    } catch {
      // SQLite has rolled back by itself (out of memory): https://www.sqlite.org/lang_transaction.html
    }
  }

  #run(sql: string): void {
    inSql(sql, () => this.#database.run(sql));
  }

  /** Copies the rows into a table with the right types, putting right the columns whose first guess did not hold. */
  #recast(results: readonly ColumnResult[]): void {
    this.#run(
      createTable(
        recasting,
        results.map((result) => result.column),
      ),
    );
    const values = results.map(({ column, recast }, at) => {
      const name = quotedName(column.name);
      if (recast === undefined) return name;
      const call = `_modelyard_recast_${at}`;
      this.#database.create_function(call, (stored: string | number | null, isRaw: number) =>
        stored === null ? null : recast(stored, isRaw === 1),
      );
      // An integer goes as text: as a number it would lose what is beyond 2^53.
      return `${call}(CASE typeof(${name}) WHEN 'real' THEN ${name} ELSE CAST(${name} AS TEXT) END, typeof(${name}) = 'blob')`;
    });
    this.#run(`INSERT INTO ${recasting} SELECT ${values.join(', ')} FROM ${staging} ORDER BY rowid`);
    this.#run(`DROP TABLE ${staging}`);
    this.#rename(recasting, staging);
  }

  #dropExisting(table: string): void {
    const statement = this.#database.prepare(
      "SELECT type FROM sqlite_schema WHERE lower(name) = lower(?) AND type IN ('table', 'view')",
    );
    statement.bind([table]);
    const kind = statement.step() ? statement.get(null, { useBigInt: false })[0] : undefined;
    statement.free();
    if (kind !== undefined) this.#run(`DROP ${kind === 'view' ? 'VIEW' : 'TABLE'} ${quotedName(table)}`);
  }

  /** In the legacy way, or SQLite would refuse it while a view names a table that was dropped. */
  #rename(from: string, to: string): void {
    this.#run(`PRAGMA legacy_alter_table = ON; ALTER TABLE ${from} RENAME TO ${to}`);
    this.#run('PRAGMA legacy_alter_table = OFF');
  }
}

function createTable(table: string, columns: readonly LoadedColumn[]): string {
  const definitions = columns.map((column) => `${quotedName(column.name)} ${affinities[column.type]}`);
  return `CREATE TABLE ${table} (${definitions.join(', ')})`;
}
