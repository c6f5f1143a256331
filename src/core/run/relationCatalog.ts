import { catalogTable } from '../compile/relation.ts';
import type { RelationTypes, SqlType, TypedColumn } from '../sql/translation.ts';
import { untypedColumns } from './replaceRelation.ts';
import { SqlEngineError, type SqlEngine } from './sqlEngine.ts';
import { sqlText } from './sqlText.ts';

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
  #entries: Map<string, CatalogEntry>;
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
    return new RelationCatalog(engine, await readEntries(engine));
  }

  /**
   * Reads the catalog again after statements that are not of Modelyard's making: what they dropped is forgotten, and
   * the columns of what they made or altered have no types.
   */
  async refresh(): Promise<void> {
    const engine = this.#engine;
    this.#entries = await readEntries(engine);
    const { rows } = await engine.query(
      `select name, type from main.sqlite_master where type in ('table', 'view') and name not in ('${catalogTable}') and name not like 'sqlite\\_%' escape '\\'`,
    );
    for (const [name, type] of rows) {
      const relation = String(name);
      const known = this.#entries.get(relation);
      const columns = await columnsIfWhole(engine, relation);
      if (columns === undefined) continue;
      const isSame = known?.columns.map((one) => one.name).join('\n') === columns.map((one) => one.name).join('\n');
      if (isSame) continue;
      await this.put({ relation, kind: type === 'view' ? 'view' : 'table', version: '', rowCount: undefined, columns });
    }
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

/** None of a view whose table is gone. */
async function columnsIfWhole(engine: SqlEngine, relation: string): Promise<readonly TypedColumn[] | undefined> {
  try {
    return await untypedColumns(engine, relation);
  } catch (error) {
    if (error instanceof SqlEngineError) return undefined;
    throw error;
  }
}

async function readEntries(engine: SqlEngine): Promise<Map<string, CatalogEntry>> {
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
  return new Map(entries);
}

function readColumns(text: string): readonly TypedColumn[] {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.filter(isTypedColumn) : [];
}

function isTypedColumn(value: unknown): value is TypedColumn {
  const column = value as { readonly name?: unknown; readonly type?: Partial<SqlType> } | null;
  return typeof column?.name === 'string' && typeof column.type?.kind === 'string';
}
