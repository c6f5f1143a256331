import * as vscode from 'vscode';
import { Disposable } from '../disposable.ts';
import { editorRange } from '../problems.ts';
import { checkTree, type Grouping } from '../quality/checkTree.ts';
import type { DataQuality, QualityState } from '../quality/dataQuality.ts';
import { defectTree } from '../quality/defectTree.ts';
import { pageSize, type Place, type QualityIcon, type QualityItem } from '../quality/qualityItem.ts';
import { brokenCounts, counted, scopeWords, verdictWords } from '../quality/qualityWords.ts';

const icons: Readonly<Record<QualityIcon, readonly [name: string, color?: string]>> = {
  error: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  pass: ['pass', 'testing.iconPassed'],
  row: ['table'],
  reason: ['comment'],
  skipped: ['circle-slash'],
  defects: ['beaker'],
  defect: ['bug'],
  more: ['ellipsis'],
};

/** The "Data Quality" view: a tree of what checking the data and trying defects found. */
export class DataQualityView extends Disposable implements vscode.TreeDataProvider<QualityItem> {
  static readonly id = 'modelyard.dataQuality';

  readonly #quality: DataQuality;
  readonly #changed = this._register(new vscode.EventEmitter<QualityItem | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<QualityItem>;
  readonly #parents = new Map<string, QualityItem | undefined>();
  /** How many items are shown below those of which more was asked for. */
  readonly #limits = new Map<string, number>();
  #grouping: Grouping = 'rule';
  #shown: QualityState['check'];

  constructor(quality: DataQuality) {
    super();
    this.#quality = quality;
    this.#view = this._register(
      vscode.window.createTreeView(DataQualityView.id, { treeDataProvider: this, showCollapseAll: true }),
    );
    this._register(quality.onDidChange(() => this.#update()));
    this.#update();
  }

  /** Brings the view to the front; the keyboard stays where it is unless `preserveFocus` is false. */
  async reveal(preserveFocus = true): Promise<void> {
    await vscode.commands.executeCommand(`${DataQualityView.id}.focus`, { preserveFocus });
  }

  /** Brings what the last try of defects found into sight. */
  async revealDefects(): Promise<void> {
    await this.reveal();
    const tried = this.getChildren().find(({ icon }) => icon === 'defects');
    if (tried !== undefined) await this.#view.reveal(tried, { select: true, focus: false, expand: true });
  }

  /** Groups by rules or by rows. */
  groupBy(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#limits.clear();
    this.#update();
  }

  /** Shows the next items in place of one that stands for them, and goes to the first of these. */
  async showMore({ id, showsMoreOf }: QualityItem): Promise<void> {
    if (showsMoreOf === undefined) return;
    const parent = this.#parents.get(id);
    const before = this.#limits.get(showsMoreOf) ?? pageSize;
    this.#limits.set(showsMoreOf, before + pageSize);
    this.#changed.fire(parent);
    const next = this.getChildren(parent)[before];
    if (next !== undefined) await this.#view.reveal(next, { focus: true, select: true });
  }

  /** Opens the place where the rule of an item is written. */
  async openRule(chosen: QualityItem | undefined): Promise<void> {
    const place = (chosen ?? this.#view.selection[0])?.rulePlace;
    const uri = place === undefined ? undefined : this.#uriOf(place);
    if (place === undefined || uri === undefined) return;
    await vscode.window.showTextDocument(uri, { selection: editorRange(place.range) });
  }

  getTreeItem(shown: QualityItem): vscode.TreeItem {
    const treeItem = new vscode.TreeItem(shown.label, collapsibleStates[shown.state]);
    const [icon, color] = icons[shown.icon];
    treeItem.id = `${this.#grouping}:${shown.id}`;
    treeItem.description = shown.description;
    treeItem.tooltip = shown.tooltip;
    treeItem.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    treeItem.contextValue = shown.rulePlace === undefined ? shown.icon : `${shown.icon} withRule`;
    const command = this.#commandOf(shown);
    if (command !== undefined) treeItem.command = command;
    return treeItem;
  }

  getChildren(parent?: QualityItem): QualityItem[] {
    const limit = this.#limits.get(parent?.id ?? '') ?? pageSize;
    const children = [...(parent === undefined ? this.#roots(limit) : parent.children(limit))];
    for (const child of children) this.#parents.set(child.id, parent);
    if (parent === undefined) this.#sayAbove();
    return children;
  }

  getParent({ id }: QualityItem): QualityItem | undefined {
    return this.#parents.get(id);
  }

  /** VS Code makes room for a message only beside a tree that is shown already: the message comes after the items. */
  #sayAbove(): void {
    setTimeout(() => {
      if (!this._isDisposed) this.#view.message = messageOf(this.#quality.state) ?? '';
    }, 0);
  }

  #roots(limit: number): readonly QualityItem[] {
    const { check, defects, latest } = this.#quality.state ?? {};
    const placeOf = (name: string): Place | undefined => this.#quality.placeOfTest(name);
    const checked = check === undefined ? [] : checkTree(check.report, check.at, this.#grouping, limit);
    const tried = defects === undefined ? [] : [defectTree(defects.report, defects.at, placeOf)];
    return latest === 'defects' ? [...tried, ...checked] : [...checked, ...tried];
  }

  #commandOf(shown: QualityItem): vscode.Command | undefined {
    if (shown.showsMoreOf !== undefined)
      return { command: 'modelyard.showMoreViolations', title: shown.label, arguments: [shown] };
    const uri = shown.place === undefined ? undefined : this.#uriOf(shown.place);
    if (shown.place === undefined || uri === undefined) return undefined;
    const options: vscode.TextDocumentShowOptions = { selection: editorRange(shown.place.range), preserveFocus: true };
    return { command: 'vscode.open', title: 'Open', arguments: [uri, options] };
  }

  #uriOf({ file }: Place): vscode.Uri | undefined {
    return this.#quality.state?.project.uriOf(file);
  }

  /** Shows what is known now, and says above the tree what it holds for. */
  #update(): void {
    const { check, isStale = false } = this.#quality.state ?? {};
    if (this.#shown !== check) {
      this.#shown = check;
      this.#limits.clear();
    }
    this.#parents.clear();
    void vscode.commands.executeCommand('setContext', 'modelyard.qualityGrouping', this.#grouping);
    void vscode.commands.executeCommand('setContext', 'modelyard.dataChecked', check !== undefined);
    this.#view.description = isStale ? 'out of date' : '';
    const { rows } = brokenCounts(check?.report.violations ?? []);
    this.#view.badge =
      rows === 0 || isStale
        ? undefined
        : { value: rows, tooltip: `${counted(rows, 'row')} ${rows === 1 ? 'breaks' : 'break'} a rule` };
    this.#changed.fire(undefined);
  }
}

const collapsibleStates = {
  leaf: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const satisfies Record<QualityItem['state'], vscode.TreeItemCollapsibleState>;

function messageOf(state: QualityState | undefined): string | undefined {
  if (state?.isStale === true) return 'Out of date: the data or its rules have changed since. Check again.';
  if (state?.check === undefined) return undefined;
  const { report, at } = state.check;
  return `Checked ${scopeWords(report)}, at ${at}: ${verdictWords(report)}.`;
}
