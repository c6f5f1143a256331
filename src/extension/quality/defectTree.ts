import { kindTitle, type TriedKind } from '../../core/quality/defects/defect.ts';
import { defectScore } from '../../core/quality/defects/defectScore.ts';
import type { DefectReport } from '../../core/quality/defects/tryDefects.ts';
import { item, pageOf, type Place, type QualityItem } from './qualityItem.ts';
import { counted } from './qualityWords.ts';

/** The place of a test by its name; undefined for one that is no longer there. */
export type PlaceOfTest = (name: string) => Place | undefined;

/** Which kinds of defects the project's tests catch: the score, what none caught, and what was caught by which. */
export function defectTree(report: DefectReport, at: string, placeOf: PlaceOfTest): QualityItem {
  const { caught, missed, percent } = defectScore(report);
  const tried = report.kinds.length;
  const planted = report.kinds.reduce((sum, one) => sum + one.planted.length, 0);
  const description = `${String(percent)} % · ${counted(planted, 'defect')} planted, at ${at}`;
  const groups = [
    group('defects/missed', 'Caught by no test', 'warning', missed, missedItem),
    group('defects/caught', 'Caught', 'pass', caught, (kind) => caughtItem(kind, placeOf)),
    failingBefore(report, placeOf),
  ];
  const label =
    tried === 0
      ? 'No defect fits the data'
      : `Tests catch ${String(caught.length)} of ${counted(tried, 'kind')} of defects`;
  return item({ id: 'defects', label, description, icon: 'defects', state: 'expanded' }, () =>
    groups.flatMap((one) => one ?? []),
  );
}

function group(
  id: string,
  label: string,
  icon: 'warning' | 'pass',
  kinds: readonly TriedKind[],
  itemOf: (kind: TriedKind) => QualityItem,
): QualityItem | undefined {
  if (kinds.length === 0) return undefined;
  const state = icon === 'warning' ? 'expanded' : 'collapsed';
  return item({ id, label, description: counted(kinds.length, 'kind'), icon, state }, (limit) =>
    pageOf(id, kinds, limit, itemOf),
  );
}

/** Leads to the column in the YAML, where a test can be added. */
function missedItem({ kind, planted }: TriedKind): QualityItem {
  const title = kindTitle(kind);
  const { node, name } = kind.table;
  const column = node.columns.find((one) => one.name === kind.column);
  const { file, range } = column ?? { file: node.originalFilePath, range: node.range };
  const what = kind.column === undefined ? 'table' : 'column';
  return item({
    id: `defects/missed/${name}/${title}`,
    label: title,
    description: `breaks ${kind.rule} · ${counted(planted.length, 'row')}`,
    tooltip: `${counted(planted.length, 'row')} of ${name} broke "${kind.rule}", and no test failed. Add a test to the ${what}: Enter goes there.`,
    icon: 'defect',
    place: { file, range },
  });
}

function caughtItem({ kind, planted, caughtBy }: TriedKind, placeOf: PlaceOfTest): QualityItem {
  const title = kindTitle(kind);
  const id = `defects/caught/${kind.table.name}/${title}`;
  const description = `${counted(planted.length, 'row')} · ${caughtBy.join(', ')}`;
  return item({ id, label: title, description, tooltip: `${title}\n${caughtBy.join('\n')}`, icon: 'defect' }, (limit) =>
    pageOf(id, caughtBy, limit, (name) => testItem(`${id}/${name}`, name, placeOf)),
  );
}

function failingBefore({ failedBefore }: DefectReport, placeOf: PlaceOfTest): QualityItem | undefined {
  if (failedBefore.length === 0) return undefined;
  const id = 'defects/before';
  const label = 'Tests that fail without a defect too';
  return item({ id, label, description: String(failedBefore.length), icon: 'skipped' }, (limit) =>
    pageOf(id, failedBefore, limit, (name) => testItem(`${id}/${name}`, name, placeOf)),
  );
}

function testItem(id: string, name: string, placeOf: PlaceOfTest): QualityItem {
  const place = placeOf(name);
  return item({ id, label: name, icon: 'reason', place, rulePlace: place });
}
