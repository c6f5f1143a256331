import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { Cancelled } from '../../core/diagnostics/cancellation.ts';
import type { Repair } from '../../core/quality/repair.ts';
import {
  changedTables,
  planProjectCleaning,
  writeCleaned,
  type CleanedFiles,
  type CleaningPlan,
  type CleanTarget,
} from '../../core/service/cleanProject.ts';
import type { CurrentWork } from '../currentWork.ts';
import { Disposable } from '../disposable.ts';
import type { OpenProject } from '../openProject.ts';
import { planWords, repairTitles, tableWords } from '../quality/cleaningWords.ts';
import { counted } from '../quality/qualityWords.ts';
import { vscodeFiles } from '../vscodeFiles.ts';
import { stepsOf } from './checkDataFeature.ts';
import { CleanDiff } from './cleanDiff.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { withRunProgress } from './withRunProgress.ts';

/** What may be given instead of being asked for. */
export interface CleanAnswers {
  /** Repairs by the names of rules; the others get their default. */
  readonly repairs?: Readonly<Record<string, Repair>>;
  /** `replace` the data files, or a folder that cleaned copies go into, over what is there. */
  readonly target: 'replace' | vscode.Uri;
}

/** What "Clean Data" gives its caller. */
export interface CleanSummary {
  /** `clean`: nothing needed to be changed. `refused`: nothing could be planned or written. */
  readonly outcome: 'written' | 'clean' | 'refused' | 'cancelled';
  readonly files: CleanedFiles['files'];
}

/** "Clean Data": shows what cleaning would change, and writes it when the user says where. */
export class CleanDataFeature extends Disposable {
  readonly #services: Services;
  readonly #work: CurrentWork;
  readonly #diff = this._register(new CleanDiff());

  constructor(services: Services, work: CurrentWork) {
    super();
    this.#services = services;
    this.#work = work;
  }

  async clean(answers: CleanAnswers | undefined): Promise<CleanSummary> {
    const current = await openTrustedProject(this.#services, 'clean');
    if (current === undefined) return ended('refused');
    const { project } = current;
    try {
      const choices = new Map(Object.entries(answers?.repairs ?? {}));
      const plan = await this.#plan(project, choices, answers === undefined);
      if (plan === undefined) return ended('refused');
      if (changedTables(plan).length === 0) return this.#nothingToDo(plan);
      if (answers === undefined) await this.#diff.show(project, plan);
      const target = answers === undefined ? await askForTarget(project, plan) : targetOf(answers.target);
      if (answers === undefined) await this.#diff.close();
      if (target === undefined) return ended('cancelled');
      return await this.#write(project, plan, target);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      void vscode.window.showInformationMessage('Cleaning was cancelled. No file was changed.');
      return ended('cancelled');
    }
  }

  /** Plans with what the user chooses for each rule that can be repaired in several ways. Rejects with `Cancelled`. */
  async #plan(project: OpenProject, choices: Map<string, Repair>, asks: boolean): Promise<CleaningPlan | undefined> {
    const asked = new Set<string>();
    for (;;) {
      const plan = await this.#planOnce(project, choices);
      const open = plan?.offers.filter(({ rule, options }) => options.length > 1 && !asked.has(rule.name)) ?? [];
      if (plan === undefined || !asks || open.length === 0) return plan;
      let changed = false;
      for (const offer of open) {
        const chosen = await askForRepair(offer);
        asked.add(offer.rule.name);
        choices.set(offer.rule.name, chosen);
        if (chosen !== offer.chosen) changed = true;
      }
      // Another repair of one rule may break others, which are then asked for.
      if (!changed) return plan;
    }
  }

  async #planOnce(project: OpenProject, choices: ReadonlyMap<string, Repair>): Promise<CleaningPlan | undefined> {
    const source = this.#work.begin();
    try {
      const { value, diagnostics } = await withRunProgress('Planning the cleaning', source, (long) =>
        planProjectCleaning(project.service, { cancellation: long.cancellation, progress: stepsOf(long) }, choices),
      );
      if (value === undefined) refuse(reasonOf(diagnostics));
      else await this.#services.quality.checked(project, value.report);
      return value;
    } finally {
      this.#work.end(source);
    }
  }

  #nothingToDo({ tables, left }: CleaningPlan): CleanSummary {
    const obstacles = tables.filter(({ obstacle }) => obstacle !== undefined).map(tableWords);
    if (obstacles.length > 0) refuse(`${obstacles.join('; ')}.`);
    else if (left.length > 0) refuse(`${counted(left.length, 'fault')} could be led back to no row of a file.`);
    else void vscode.window.showInformationMessage('The data are clean: no row breaks a rule, so no file was changed.');
    return ended(obstacles.length + left.length > 0 ? 'refused' : 'clean');
  }

  async #write(project: OpenProject, plan: CleaningPlan, target: Target): Promise<CleanSummary> {
    const { value, diagnostics } = await writeCleaned(project.service, plan, target.clean);
    if (value === undefined) {
      refuse(diagnostics[0]?.message ?? 'they could not be written.');
      return ended('refused');
    }
    await this.#services.quality.lookAgain();
    if (value.rejects !== undefined) {
      const uri = target.folder === undefined ? project.uriOf(value.rejects) : at(target.folder, value.rejects);
      await vscode.window.showTextDocument(uri, { preview: false });
    }
    inBackground(offerCheck(plan, target.folder));
    return { outcome: 'written', files: value.files };
  }
}

/** Where cleaned files go; without a folder the data files are replaced. */
interface Target {
  readonly clean: CleanTarget;
  readonly folder: vscode.Uri | undefined;
}

function targetOf(target: CleanAnswers['target']): Target {
  return target === 'replace'
    ? { clean: { kind: 'inPlace', overwrite: true }, folder: undefined }
    : { clean: { kind: 'folder', files: vscodeFiles(target), overwrite: true }, folder: target };
}

function ended(outcome: CleanSummary['outcome']): CleanSummary {
  return { outcome, files: [] };
}

function at(folder: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, path);
}

function refuse(reason: string): void {
  void vscode.window.showErrorMessage(`The data were not cleaned: ${reason}`);
}

/** Rejects with `Cancelled` when the user goes away. */
async function askForRepair({ rule, options, why }: CleaningPlan['offers'][number]): Promise<Repair> {
  const [first] = options;
  const picked = await vscode.window.showQuickPick(
    options.map((repair) => ({
      label: repairTitles[repair],
      repair,
      ...(repair === first ? { description: 'default', detail: sentence(why) } : {}),
    })),
    {
      title: `Clean Data: ${rule.title}`,
      placeHolder: `What to do with the rows that break ${rule.name}`,
      ignoreFocusOut: true,
    },
  );
  if (picked === undefined) throw new Cancelled();
  return picked.repair;
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

/** Asks beside the diff, which can be looked through meanwhile. */
async function askForTarget(project: OpenProject, plan: CleaningPlan): Promise<Target | undefined> {
  const changed = changedTables(plan).length;
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(replace-all) Replace the data files', detail: planWords(plan), answer: 'replace' },
      {
        label: '$(folder) Write cleaned copies to a folder…',
        detail: 'The data files stay as they are',
        answer: 'folder',
      },
      { label: '$(close) Cancel', detail: 'Nothing is written', answer: 'cancel' },
    ] as const,
    {
      title: `Clean Data: ${counted(changed, 'file')} would change`,
      placeHolder: 'Nothing has been written yet. What to do?',
      ignoreFocusOut: true,
    },
  );
  if (picked?.answer === 'replace') return targetOf('replace');
  return picked?.answer === 'folder' ? askForFolder(project) : undefined;
}

async function askForFolder(project: OpenProject): Promise<Target | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Folder for the Cleaned Copies',
      openLabel: 'Write Here',
      defaultUri: project.folder,
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const files = vscodeFiles(folder);
  const isEmpty = (await files.list()).length === 0;
  return isEmpty || (await mayOverwrite(folder)) ? targetOf(folder) : undefined;
}

async function mayOverwrite(folder: vscode.Uri): Promise<boolean> {
  const write = 'Write';
  const detail = 'Files that have the names of the data files, and a rejects.csv, are replaced.';
  const message = `${folder.path} is not empty. Write the cleaned copies into it?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, write)) === write;
}

async function offerCheck(plan: CleaningPlan, folder: vscode.Uri | undefined): Promise<void> {
  const check = 'Check Data';
  const where = folder === undefined ? '' : ` Copies are in ${folder.path}.`;
  const message = `Cleaned. ${planWords(plan)}.${where}`;
  const answer = await vscode.window.showInformationMessage(message, ...(folder === undefined ? [check] : []));
  if (answer === check) await vscode.commands.executeCommand('modelyard.checkData');
}
