import { embeddedTable, quoteIdentifier } from '../../compile/relation.ts';
import { randomStream } from '../../datagen/randomStream.ts';
import { displayValue } from '../../run/displayValue.ts';
import type { SqlEngine, SqlValue } from '../../run/sqlEngine.ts';
import { sqlText } from '../../run/sqlText.ts';
import type { RawTable } from '../rawTable.ts';
import { rowLists } from '../rowLists.ts';
import { kindTitle, type DefectKind, type PlantedDefect, type PlantedKind } from './defect.ts';
import type { DefectSource } from './defectKinds.ts';

/** How many defects are planted, and where: the same seed gives the same places. */
export interface PlantingOptions {
  /** Share of the rows that gets each kind of defect, above 0 and up to 1; at least one row does. */
  readonly rate: number;
  readonly seed: string;
}

/**
 * Chooses the rows for kinds of defects. Rows that have a defect already are left alone as long as there are others,
 * and else at least the value that has.
 * A kind that fits no row is left out.
 */
export async function chooseDefects(
  engine: SqlEngine,
  sources: readonly DefectSource[],
  { rate, seed }: PlantingOptions,
): Promise<readonly PlantedKind[]> {
  const taken = new Map<RawTable, Set<number>>();
  const spoiled = new Map<string, Set<number>>();
  const kinds: PlantedKind[] = [];
  for (const { kind, candidates } of sources) {
    const { rows } = await engine.query(`select row from (${candidates})`);
    const fitting = rows.map(([row = 0]) => Number(row));
    const used = taken.get(kind.table) ?? new Set();
    taken.set(kind.table, used);
    const place = `${kind.table.name} ${kind.column ?? ''}`;
    const values = spoiled.get(place) ?? new Set();
    spoiled.set(place, values);
    const whole = fitting.filter((row) => !values.has(row));
    const free = whole.filter((row) => !used.has(row));
    const count = Math.max(1, Math.round(rate * kind.table.rows));
    const chosen = pick(
      [free, whole, fitting].find((list) => list.length > 0) ?? [],
      count,
      seed,
      kindTitle(kind),
    ).sort((a, b) => a - b);
    if (chosen.length === 0) continue;
    for (const row of chosen) {
      used.add(row);
      values.add(row);
    }
    kinds.push({ kind, planted: await read(engine, kind, candidates, chosen) });
  }
  return kinds;
}

/** The first numbers of a shuffled list (Fisher and Yates), as many as are asked for and there are. */
function pick(list: readonly number[], count: number, ...names: readonly string[]): number[] {
  const shuffled = [...list];
  const words = new Uint32Array(Math.min(count, shuffled.length));
  randomStream(...names, 'defects').fill(words);
  words.forEach((word, i) => {
    const other = i + (word % (shuffled.length - i));
    [shuffled[i], shuffled[other]] = [shuffled[other] ?? 0, shuffled[i] ?? 0];
  });
  return shuffled.slice(0, words.length);
}

async function read(
  engine: SqlEngine,
  { table }: DefectKind,
  candidates: string,
  rows: readonly number[],
): Promise<readonly PlantedDefect[]> {
  const keyType = table.columns.find((column) => column.name === table.key)?.type;
  const key = table.key === undefined ? 'null' : `k.${quoteIdentifier(table.key)}`;
  const planted: PlantedDefect[] = [];
  for (const list of rowLists(rows)) {
    const found = await engine.query(
      `select c.row, c.before, c.after, ${key} from (${candidates}) c join ${embeddedTable(table.relation)} k on k._rowid_ = c.row where c.row in (${list}) group by c.row order by c.row`,
    );
    for (const [row = 0, before = null, after = null, own = null] of found.rows) {
      planted.push({ row: Number(row), before, after, key: displayValue(own, keyType) });
    }
  }
  return planted;
}

/** Spoils the rows of a loaded table. */
export async function plant(engine: SqlEngine, { kind, planted }: PlantedKind): Promise<void> {
  const table = embeddedTable(kind.table.relation);
  if (kind.column === undefined) {
    for (const { row } of planted)
      await engine.exec(`insert into ${table} select * from ${table} where _rowid_ = ${String(row)}`);
    return;
  }
  await setValues(engine, kind, planted, ({ after }) => after);
}

/** Takes the defects out again: the table is as it was. */
export async function unplant(engine: SqlEngine, { kind, planted }: PlantedKind): Promise<void> {
  if (kind.column === undefined)
    await engine.exec(`delete from ${embeddedTable(kind.table.relation)} where _rowid_ > ${String(kind.table.rows)}`);
  else await setValues(engine, kind, planted, ({ before }) => before);
}

async function setValues(
  engine: SqlEngine,
  { table, column = '' }: DefectKind,
  planted: readonly PlantedDefect[],
  valueOf: (one: PlantedDefect) => SqlValue,
): Promise<void> {
  const statements = planted.map(
    (one) =>
      `update ${embeddedTable(table.relation)} set ${quoteIdentifier(column)} = ${literal(valueOf(one))} where _rowid_ = ${String(one.row)}`,
  );
  if (statements.length > 0) await engine.exec(`begin; ${statements.join('; ')}; commit`);
}

function literal(value: SqlValue): string {
  if (value === null || value instanceof Uint8Array) return 'null';
  return typeof value === 'string' ? sqlText(value) : String(value);
}
