import { catalogTable } from '../compile/relation.ts';
import type { RelationTypes, SqlType, TypedColumn } from '../sql/translation.ts';
import type { SqlEngine } from './sqlEngine.ts';

export interface CatalogEntry {
  readonly relation: string;
  readonly kind: 'table' | 'view';
  /** What the relation was made from: for a loaded file its version, so that an unchanged file is not read again. */
  readonly version: string;
  readonly rowCount: number | undefined;
  readonly columns: readonly TypedColumn[];
}

/**
 * What the embedded database holds and how its columns are typed; kept in the database itself, so that it is true
 * after the database was read back from its file.
 */
export class RelationCatalog {
  readonly #engine: SqlEngine;
  readonly #entries: Map<string, CatalogEntry>;
  #revision = 0;

  private constructor(engine: SqlEngine, entries: Map<string, CatalogEntry>) {
    this.#engine = engine;
    this.#entries = entries;
  }

  /** Reads the catalog of an open database, making it where there is none. */
  static async open(engine: SqlEngine): Promise<RelationCatalog> {
    await engine.exec(
      `create table if not exists ${catalogTable} (relation text primary key, version text not null, row_count integer, columns text not null)`,
    );
    const { rows } = await engine.query(
      `select relation, version, row_count, columns, type from ${catalogTable} join sqlite_master on name = relation where type in ('table', 'view')`,
    );
    const entries = rows.map(([relation, version, count, columns, kind]): [string, CatalogEntry] => [
      String(relation),
      {
        relation: String(relation),
        kind: kind === 'view' ? 'view' : 'table',
        version: String(version),
        rowCount: count === null ? undefined : Number(count),
        columns: readColumns(String(columns)),
      },
    ]);
    return new RelationCatalog(engine, new Map(entries));
  }

  /** Rises with every relation that was made. */
  get revision(): number {
    return this.#revision;
  }

  get(relation: string): CatalogEntry | undefined {
    return this.#entries.get(relation);
  }

  kindOf(relation: string): CatalogEntry['kind'] | undefined {
    return this.#entries.get(relation)?.kind;
  }

  /** Column types by relation, as the translator asks for them. */
  types(): RelationTypes {
    return Object.fromEntries([...this.#entries].map(([name, entry]) => [name, entry.columns]));
  }

  async put(entry: CatalogEntry): Promise<void> {
    const values = [
      sqlText(entry.relation),
      sqlText(entry.version),
      entry.rowCount === undefined ? 'null' : String(entry.rowCount),
      sqlText(JSON.stringify(entry.columns)),
    ];
    await this.#engine.exec(`insert or replace into ${catalogTable} values (${values.join(', ')})`);
    this.#entries.set(entry.relation, entry);
    this.#revision += 1;
  }
}

function readColumns(text: string): readonly TypedColumn[] {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.filter(isTypedColumn) : [];
}

function isTypedColumn(value: unknown): value is TypedColumn {
  const column = value as { readonly name?: unknown; readonly type?: Partial<SqlType> } | null;
  return typeof column?.name === 'string' && typeof column.type?.kind === 'string';
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
