import type { TestNode } from '../compile/manifest.ts';
import { embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import { Cancelled } from '../diagnostics/cancellation.ts';
import { displayValue, type DisplayValue } from '../run/displayValue.ts';
import { checkData, testingContext, type CheckHost, type CheckReport } from './checkData.ts';
import { checkRule, planCheck } from './checkRules.ts';
import type { TestingContext } from './failingRows.ts';
import { isUnique, repairsFor, versionColumn, type Repair, type RepairChoices, type RepairOffer } from './repair.ts';
import type { RawTable } from './rawTable.ts';
import { rowLists } from './rowLists.ts';
import { formRule, type Rule } from './rule.ts';
import { rejectUnread, TableRepairs } from './tableRepairs.ts';
import type { Violation } from './violation.ts';

/** What cleaning will do, decided on the data as it was read. Nothing is written yet. */
export interface CleanPlan {
  readonly report: CheckReport;
  readonly tables: readonly TableRepairs[];
  /** The rules that rows broke, with what can be done and what will be. */
  readonly offers: readonly (RepairOffer & { readonly chosen: Repair })[];
  /** What is still broken when all repairs are done: rules that no row of a file could be found for. */
  readonly left: readonly Violation[];
}

/**
 * Decides which rows to reject and which values to empty, until every rule holds. Rules about single rows come first,
 * so that of equal rows none is kept that has another fault; then those about equal rows, so that other tables meet one
 * version of each; then those that look at other tables. A rejected row may leave others without a parent, so the rules
 * are gone through again until nothing is found.
 */
export async function planCleaning(
  context: Omit<TestingContext, 'tables'>,
  host: CheckHost,
  choices: RepairChoices,
): Promise<CleanPlan> {
  const report = await checkData(context, host);
  const testing = testingContext(context, report.tables);
  const cleaner = new Cleaner(testing, report, choices);
  await cleaner.repairForm();
  const tests = planCheck(testing).tests.toSorted((a, b) => rank(a) - rank(b));
  let left: readonly Violation[] = [];
  for (let changed = true; changed;) {
    changed = false;
    left = [];
    for (const [done, test] of tests.entries()) {
      if (host.cancellation.isCancellationRequested) throw new Cancelled();
      host.progress({ step: test.name, done, total: tests.length });
      const { violations } = await checkRule(testing, test);
      if (violations.length === 0) continue;
      if (await cleaner.repair(test, violations)) changed = true;
      else left = [...left, ...violations];
    }
  }
  return cleaner.plan(left);
}

/** Rules by what they look at: single rows, equal rows of those that are left, other tables. */
function rank(test: TestNode): number {
  if (test.generic === undefined) return 3;
  if (test.generic.properties.testName === 'relationships') return 2;
  return isUnique(test) ? 1 : 0;
}

class Cleaner {
  readonly #context: TestingContext;
  readonly #report: CheckReport;
  readonly #choices: RepairChoices;
  readonly #tables: ReadonlyMap<string, TableRepairs>;
  readonly #offers = new Map<string, RepairOffer & { readonly chosen: Repair }>();

  constructor(context: TestingContext, report: CheckReport, choices: RepairChoices) {
    this.#context = context;
    this.#report = report;
    this.#choices = choices;
    this.#tables = new Map(report.tables.map((table) => [table.name, new TableRepairs(table)]));
  }

  plan(left: readonly Violation[]): CleanPlan {
    for (const one of this.#report.violations) {
      if (one.table !== undefined && one.row !== undefined) this.#tables.get(one.table)?.alsoBecause(one.row, one);
    }
    return { report: this.#report, tables: [...this.#tables.values()], offers: [...this.#offers.values()], left };
  }

  /** Deals with the records and values that could not be read. */
  async repairForm(): Promise<void> {
    for (const repairs of this.#tables.values()) {
      const { table } = repairs;
      for (const fault of table.faults) {
        const rule = formRule(fault.kind, table.file);
        if (fault.row === undefined) {
          rejectUnread(repairs, fault, rule);
          continue;
        }
        if (this.#chosen(rule, table) === 'empty' && fault.column !== undefined)
          repairs.empty(fault.row, fault.column, rule, fault.message);
        else repairs.reject(fault.row, rule, [fault.message]);
      }
      await this.#delete(table, repairs.rejectedRows);
    }
  }

  /** Deals with the rows that break a rule; false when none of them is in a file. */
  async repair(test: TestNode, violations: readonly Violation[]): Promise<boolean> {
    let changed = false;
    for (const [name, repairs] of this.#tables) {
      const reasons = new Map<number, string[]>();
      for (const { table, row, reason } of violations) {
        if (table === name && row !== undefined) reasons.set(row, [...(reasons.get(row) ?? []), reason]);
      }
      const rule = violations[0]?.rule;
      if (reasons.size === 0 || rule === undefined) continue;
      changed = true;
      await this.#repairRows(test, rule, repairs, reasons);
    }
    return changed;
  }

  async #repairRows(
    test: TestNode,
    rule: Rule,
    repairs: TableRepairs,
    reasons: ReadonlyMap<number, readonly string[]>,
  ): Promise<void> {
    const { table } = repairs;
    const repair = this.#chosen(rule, table);
    const column = test.generic?.columnName;
    const rows = [...reasons.keys()];
    if (repair === 'empty' && column !== undefined) {
      for (const [row, said] of reasons) repairs.empty(row, column, rule, said.join('; '));
      await this.#forRows(
        table,
        rows,
        (list) =>
          `update ${embeddedTable(table.relation)} set ${quoteIdentifier(column)} = null where _rowid_ in (${list})`,
      );
      return;
    }
    const kept =
      repair === 'drop' || column === undefined
        ? new Map<number, Keeper>()
        : await this.#keepers(table, column, rows, repair);
    const rejected = rows.filter((row) => kept.get(row)?.row !== row);
    for (const row of rejected) {
      const keeper = kept.get(row);
      const said = reasons.get(row) ?? [];
      repairs.reject(row, rule, keeper === undefined ? said : said.map((one) => `${one}; ${sayKept(table, keeper)}`));
    }
    await this.#delete(table, rejected);
  }

  /** For each of the rows the one of its equals that is kept. */
  async #keepers(
    table: RawTable,
    column: string,
    rows: readonly number[],
    repair: Repair,
  ): Promise<ReadonlyMap<number, Keeper>> {
    const version = repair === 'keep_latest' ? versionColumn(table.columns) : undefined;
    const best = new Map<DisplayValue, Keeper>();
    const values = new Map<number, DisplayValue>();
    const versionSql = version === undefined ? 'null' : quoteIdentifier(version);
    await this.#forRows(
      table,
      rows,
      (list) =>
        `select _rowid_, ${quoteIdentifier(column)}, ${versionSql} from ${embeddedTable(table.relation)} where _rowid_ in (${list})`,
      (found) => {
        for (const [number = 0, value = null, at = null] of found) {
          const key = displayValue(value, undefined);
          const one: Keeper = { row: Number(number), version, at: at === null ? undefined : String(at) };
          values.set(one.row, key);
          const known = best.get(key);
          if (known === undefined || isBetter(one, known)) best.set(key, one);
        }
      },
    );
    return new Map(
      [...values].flatMap(([row, key]) => {
        const keeper = best.get(key);
        return keeper === undefined ? [] : [[row, keeper] as const];
      }),
    );
  }

  #chosen(rule: Rule, table: RawTable): Repair {
    const offer = repairsFor(rule, table, this.#context.manifest.nodes.values());
    const asked = this.#choices.get(rule.name);
    const chosen = asked !== undefined && offer.options.includes(asked) ? asked : (offer.options[0] ?? 'drop');
    this.#offers.set(rule.name, { ...offer, chosen });
    return chosen;
  }

  async #delete(table: RawTable, rows: readonly number[]): Promise<void> {
    await this.#forRows(
      table,
      rows,
      (list) => `delete from ${embeddedTable(table.relation)} where _rowid_ in (${list})`,
    );
  }

  async #forRows(
    table: RawTable,
    rows: readonly number[],
    sql: (list: string) => string,
    take?: (rows: Awaited<ReturnType<TestingContext['engine']['query']>>['rows']) => void,
  ): Promise<void> {
    if (!table.isLoaded) return;
    for (const list of rowLists(rows)) {
      const statement = sql(list);
      if (take === undefined) await this.#context.engine.exec(statement);
      else take((await this.#context.engine.query(statement)).rows);
    }
  }
}

/** A row that stays of those that are equal, with its version where one was asked for. */
interface Keeper {
  readonly row: number;
  readonly version: string | undefined;
  readonly at: string | undefined;
}

/** Of equal rows the latest version stays, of the same version or without one the first row. */
function isBetter(one: Keeper, other: Keeper): boolean {
  if (one.at === other.at) return one.row < other.row;
  return other.at === undefined || (one.at !== undefined && one.at > other.at);
}

function sayKept({ lines }: RawTable, { row, version, at }: Keeper): string {
  const line = `line ${String(lines[row - 1] ?? 0)}`;
  return version === undefined
    ? `${line} is kept, the first`
    : `${line} is kept, the latest (${version} ${at ?? 'empty'})`;
}
