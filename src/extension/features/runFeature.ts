import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { isUnbuilt, type NodeResult, type RunResults } from '../../core/run/nodeResult.ts';
import type { RunCommand } from '../../core/run/runGraph.ts';
import type { RunOutcome } from '../../core/service/modelyardProject.ts';
import { nodeOfFile } from '../../core/service/previewRows.ts';
import type { CurrentWork } from '../currentWork.ts';
import { beyondRead } from '../problems.ts';
import type { Services } from './services.ts';
import { reasonOf } from './reasonOf.ts';
import { sayEvent, withRunProgress } from './withRunProgress.ts';

/** What a command gives its caller (a test, another extension): the counts of how nodes ended. */
export interface RunSummary {
  readonly outcome: 'ran' | 'refused' | 'cancelled' | 'noProject';
  readonly counts: Readonly<Record<string, number>>;
}

/** Build, Run Model and Test Model: a dbt command over a selection, shown in the views and in Problems. */
export class RunFeature {
  readonly #services: Services;
  readonly #work: CurrentWork;

  constructor(services: Services, work: CurrentWork) {
    this.#services = services;
    this.#work = work;
  }

  /** Runs a command over a selection; nothing selected runs everything. */
  async run(command: RunCommand, select: readonly string[], label: string): Promise<RunSummary> {
    const { workbench } = this.#services;
    if (!(await this.#mayRun())) return { outcome: 'refused', counts: {} };
    await vscode.workspace.saveAll();
    // Other programs may have changed files that no watcher has told of yet: a run reads anew, as dbt does.
    (await this.#services.registry.active())?.service.changed();
    const current = await workbench.current();
    if (current === undefined) return noProject();
    await this.#services.reveal();
    const { project } = current;
    const source = this.#work.begin();
    try {
      const outcome = await withRunProgress(label, source, (long) =>
        project.service.run({
          command,
          select,
          exclude: [],
          args: { which: command, select },
          cancellation: long.cancellation,
          onEvent: (event) => {
            sayEvent(event, long);
            workbench.runEvent(label, event);
          },
        }),
      );
      // A run reads data that other programs may have changed.
      await this.#services.quality.lookAgain();
      workbench.runEnded(project, beyondRead(outcome.diagnostics, current.read.diagnostics));
      return await this.#tell(label, outcome);
    } finally {
      this.#work.end(source);
    }
  }

  /** Runs a command for the model of the active editor, or of a file. */
  async runFile(command: RunCommand, uri: vscode.Uri | undefined): Promise<RunSummary> {
    const { workbench, registry } = this.#services;
    const target = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (target !== undefined) registry.activate(registry.projectOf(target));
    const current = await workbench.current();
    const path = target === undefined ? undefined : current?.project.pathOf(target);
    const manifest = current?.read.manifest;
    const node = path === undefined || manifest === undefined ? undefined : nodeOfFile(manifest, path);
    if (node === undefined) {
      void vscode.window.showInformationMessage('Open a model (a .sql file of a dbt project) to run it.');
      return noProject();
    }
    const verb = command === 'test' ? 'Test' : command === 'run' ? 'Run' : 'Build';
    return this.run(command, [node.name], `${verb} ${node.name}`);
  }

  async #mayRun(): Promise<boolean> {
    if (vscode.workspace.isTrusted) return true;
    const manage = 'Manage Workspace Trust';
    const answer = await vscode.window.showWarningMessage(
      'Modelyard runs nothing in a workspace that is not trusted.',
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }

  async #tell(label: string, outcome: RunOutcome): Promise<RunSummary> {
    if (outcome.kind === 'refused') {
      inBackground(this.#offerProblems(`${label} did not start: ${reasonOf(outcome.diagnostics)}`));
      return { outcome: 'refused', counts: {} };
    }
    const { results } = outcome;
    if (results.cancelled) {
      void vscode.window.showInformationMessage(
        `${label} was cancelled. Tables and artifacts are as they were before.`,
      );
      return { outcome: 'cancelled', counts: {} };
    }
    const counts = countsOf(results);
    await this.#showOneOf(results);
    if (results.results.length === 0) void vscode.window.showInformationMessage(`${label}: nothing to run.`);
    else if (failures(counts) > 0) inBackground(this.#offerProblems(`${label}: ${sentence(counts)}.`));
    else void vscode.window.showInformationMessage(`${label}: ${sentence(counts)} in ${seconds(results)}.`);
    return { outcome: 'ran', counts };
  }

  async #offerProblems(message: string): Promise<void> {
    const show = 'Show Problems';
    if ((await vscode.window.showErrorMessage(message, show)) === show) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
  }

  /** Selects what is worth looking at: what failed, else what was looked at before, else the last model. */
  async #showOneOf(results: RunResults): Promise<void> {
    const { workbench, results: rows } = this.#services;
    const models = results.results.filter(({ node }) => node.resourceType === 'model');
    const failed = models.find(({ status }) => isUnbuilt(status));
    const selected = failed?.node.uniqueId ?? workbench.selected ?? models.at(-1)?.node.uniqueId;
    if (selected === undefined) return;
    workbench.select(selected);
    await rows.showNode(selected);
  }
}

function countsOf(results: RunResults): Record<NodeResult['status'], number> {
  const counts = { success: 0, pass: 0, warn: 0, fail: 0, error: 0, skipped: 0, 'partial success': 0, 'no-op': 0 };
  for (const { status } of results.results) counts[status] += 1;
  return counts;
}

function failures(counts: Readonly<Record<NodeResult['status'], number>>): number {
  return counts.fail + counts.error + counts['partial success'] + counts.skipped;
}

function sentence(counts: Readonly<Record<NodeResult['status'], number>>): string {
  const parts = [
    [counts.success, 'built'],
    [counts.pass, counts.pass === 1 ? 'test passed' : 'tests passed'],
    [counts.warn, counts.warn === 1 ? 'warning' : 'warnings'],
    [counts.fail, counts.fail === 1 ? 'test failed' : 'tests failed'],
    [counts.error, counts.error === 1 ? 'error' : 'errors'],
    [counts['partial success'], 'built in part'],
    [counts.skipped, 'skipped'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${String(count)} ${what}`)
    .join(', ');
}

function seconds(results: RunResults): string {
  return `${((results.completedAt - results.startedAt) / 1000).toFixed(1)} s`;
}

function noProject(): RunSummary {
  inBackground(offerSample());
  return { outcome: 'noProject', counts: {} };
}

async function offerSample(): Promise<void> {
  const create = 'Create Sample Project';
  const answer = await vscode.window.showInformationMessage('There is no dbt project in this workspace.', create);
  if (answer === create) await vscode.commands.executeCommand('modelyard.createSampleProject');
}
