import { rangeAt } from '../../core/diagnostics/text.ts';
import type { CheckReport } from '../../core/quality/checkData.ts';
import type { UncheckedTest } from '../../core/quality/checkRules.ts';
import type { Rule } from '../../core/quality/rule.ts';
import type { Violation } from '../../core/quality/violation.ts';
import { item, pageOf, type Place, type QualityItem } from './qualityItem.ts';
import { counted, rowId, scopeWords } from './qualityWords.ts';

/** What stands at the top of the view: rules with their rows, or rows with their rules. */
export type Grouping = 'rule' | 'row';

/** Up to so many rows all is open from the start. */
const openRows = 40;

/** The top of what a check found: what is broken, or that nothing is; then what could not be checked. */
export function checkTree(report: CheckReport, at: string, grouping: Grouping, limit: number): readonly QualityItem[] {
  const broken = grouping === 'rule' ? ruleItems(report.violations) : rowItems(report.violations, limit);
  const notRun = notRunItem(report.unchecked);
  const faults = faultsItem(report);
  return [
    ...(broken.length > 0 || faults !== undefined ? broken : [nothingBroken(report, at)]),
    ...(faults === undefined ? [] : [faults]),
    ...(notRun === undefined ? [] : [notRun]),
  ];
}

function nothingBroken(report: CheckReport, at: string): QualityItem {
  if (report.tables.length === 0) {
    const description = 'no source or seed has a data file';
    return item({ id: 'noData', label: 'There are no data to check', description, icon: 'warning' });
  }
  const scope = scopeWords(report);
  const description = `${scope}, at ${at}`;
  return item({
    id: 'clean',
    label: 'No rule is broken',
    description,
    tooltip: `Checked ${description}`,
    icon: 'pass',
  });
}

/** Violations by what they have in common, in the order in which the first of each comes. */
function grouped(violations: readonly Violation[], keyOf: (one: Violation) => string): readonly Violation[][] {
  const groups = new Map<string, Violation[]>();
  for (const one of violations) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function ruleItems(violations: readonly Violation[]): readonly QualityItem[] {
  const rules = grouped(violations, ({ rule }) => rule.name).flatMap((found) => {
    const [first] = found;
    return first === undefined ? [] : [{ rule: first.rule, rows: grouped(found, rowId) }];
  });
  const total = rules.reduce((sum, { rows }) => sum + rows.length, 0);
  const isWarning = ({ severity }: Rule): number => (severity === 'warning' ? 1 : 0);
  const sorted = rules.toSorted((a, b) => isWarning(a.rule) - isWarning(b.rule) || b.rows.length - a.rows.length);
  return sorted.map(({ rule, rows }) => {
    const id = `rule/${rule.name}`;
    return item(
      {
        id,
        label: rule.title,
        description: [counted(rows.length, 'row'), ...nameOf(rule)].join(' · '),
        tooltip: `${rule.title}\n${rule.name}, ${rule.file}:${String(rule.range.start.line + 1)}`,
        icon: rule.severity,
        rulePlace: ruleOf(rule),
        state: total <= openRows ? 'expanded' : 'collapsed',
      },
      (limit) => pageOf(id, rows, limit, (row) => rowOfRule(id, row)),
    );
  });
}

/** A rule's name, where it does not stand there already. */
function nameOf({ name, title }: Rule): readonly string[] {
  return name === title ? [] : [name];
}

/** Where a rule is written; one of form is written nowhere. */
function ruleOf(rule: Rule): Place | undefined {
  return rule.test === undefined ? undefined : { file: rule.file, range: rule.range };
}

function rowOfRule(parent: string, found: readonly Violation[]): QualityItem {
  const [first] = found;
  if (first === undefined) throw new Error('a row without a violation');
  const id = `${parent}/${rowId(first)}`;
  const reasons = found.map(({ reason }) => reason);
  const about = {
    id,
    label: rowLabel(first),
    tooltip: [rowId(first), ...reasons].join('\n'),
    icon: 'row',
    place: placeOf(first),
    rulePlace: ruleOf(first.rule),
  } as const;
  if (reasons.length === 1) return item({ ...about, description: `line ${String(first.line)} · ${first.reason}` });
  return item(
    { ...about, description: `line ${String(first.line)} · ${counted(reasons.length, 'reason')}`, state: 'expanded' },
    (limit) =>
      pageOf(id, found, limit, (one) =>
        item({ ...about, id: `${id}/${one.reason}`, label: one.reason, tooltip: one.reason, icon: 'reason' }),
      ),
  );
}

function rowItems(violations: readonly Violation[], limit: number): readonly QualityItem[] {
  const rows = grouped(violations, rowId);
  return pageOf('', rows, limit, (found) => rowItem(found, rows.length <= openRows));
}

function rowItem(found: readonly Violation[], isOpen: boolean): QualityItem {
  const [first] = found;
  if (first === undefined) throw new Error('a row without a violation');
  const id = `row/${rowId(first)}`;
  const rules = new Set(found.map(({ rule }) => rule.name)).size;
  return item(
    {
      id,
      label: rowLabel(first),
      description: `${rowId(first)} · ${counted(rules, 'rule')}`,
      tooltip: [rowId(first), ...found.map(({ reason }) => reason)].join('\n'),
      icon: found.some(({ rule }) => rule.severity === 'error') ? 'error' : 'warning',
      place: placeOf(first),
      state: isOpen ? 'expanded' : 'collapsed',
    },
    (limit) =>
      pageOf(id, found, limit, (one) =>
        item({
          id: `${id}/${one.rule.name}/${one.reason}`,
          label: one.reason,
          description: one.rule.title,
          tooltip: `${one.reason}\n${one.rule.title} (${one.rule.name})`,
          icon: 'reason',
          place: placeOf(one),
          rulePlace: ruleOf(one.rule),
        }),
      ),
  );
}

/** `raw.players 10`; a row without a key is named by its line, one of no file by its test. */
function rowLabel({ table, rowKey, line, rule }: Violation): string {
  if (table === undefined) return `A row of ${rule.name}`;
  return rowKey === null ? `${table}, line ${String(line)}` : `${table} ${String(rowKey)}`;
}

function placeOf({ file, line }: Violation): Place {
  return { file, range: rangeAt(line - 1, 0) };
}

function faultsItem({ diagnostics }: CheckReport): QualityItem | undefined {
  if (diagnostics.length === 0) return undefined;
  const id = 'faults';
  return item(
    {
      id,
      label: 'Could not be checked',
      description: String(diagnostics.length),
      icon: 'warning',
      state: diagnostics.length <= openRows ? 'expanded' : 'collapsed',
    },
    (limit) =>
      pageOf(id, [...diagnostics.entries()], limit, ([at, { message, severity, file, range }]) =>
        item({
          id: `${id}/${String(at)}`,
          label: message,
          description: `${file}:${String(range.start.line + 1)}`,
          icon: severity === 'error' ? 'error' : 'warning',
          place: { file, range },
        }),
      ),
  );
}

function notRunItem(unchecked: readonly UncheckedTest[]): QualityItem | undefined {
  if (unchecked.length === 0) return undefined;
  const id = 'notRun';
  return item({ id, label: 'Tests not run', description: String(unchecked.length), icon: 'skipped' }, (limit) =>
    pageOf(id, unchecked, limit, ({ test, obstacle }) => {
      const place = { file: test.originalFilePath, range: test.range };
      const why = obstacle.kind === 'readsModel' ? `reads the model ${obstacle.model}: Build runs it` : obstacle.reason;
      return item({
        id: `${id}/${test.name}`,
        label: test.name,
        description: why,
        tooltip: `${test.name}: ${why}`,
        icon: 'skipped',
        place,
        rulePlace: place,
      });
    }),
  );
}
