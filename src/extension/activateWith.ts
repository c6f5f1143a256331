import * as vscode from 'vscode';
import type { FileLocation } from '../protocol/nodeFacts.ts';
import { inBackground } from './background.ts';
import { CurrentWork } from './currentWork.ts';
import { DisposableStore } from './disposable.ts';
import type { ExtensionHost } from './extensionHost.ts';
import { CompiledSqlFeature } from './features/compiledSqlFeature.ts';
import { createSample } from './features/createSampleFeature.ts';
import { generateSampleData, type GenerateAnswers } from './features/generateFeature.ts';
import { ModelLenses } from './features/modelLenses.ts';
import { previewActive } from './features/previewFeature.ts';
import { RunFeature } from './features/runFeature.ts';
import type { Services } from './features/services.ts';
import { Problems } from './problems.ts';
import { ProjectRegistry } from './projectRegistry.ts';
import { ResultsController } from './resultsController.ts';
import { lineageHandlers } from './lineageHandlers.ts';
import { LineageView } from './views/lineageView.ts';
import { ResultsView } from './views/resultsView.ts';
import { Workbench } from './workbench.ts';

/** Composition root: wires the parts of the extension for the host that the entry point brings. */
export function activateWith(context: vscode.ExtensionContext, host: ExtensionHost): void {
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const { extensionUri } = context;
  const work = store.add(new CurrentWork());
  const problems = store.add(new Problems());
  const registry = store.add(new ProjectRegistry(extensionUri, host));
  const workbench = store.add(new Workbench(registry, problems));
  const open = (location: FileLocation): Promise<void> => openLocation(workbench, location);
  const resultsView: ResultsView = store.add(
    new ResultsView(extensionUri, {
      openLocation: open,
      cancel: () => work.cancel(),
      rerun: (): Promise<void> => results.rerun(),
    }),
  );
  const results: ResultsController = store.add(new ResultsController(workbench, resultsView, work));
  const reveal = async (): Promise<void> => {
    await lineage.reveal();
    await resultsView.reveal();
  };
  const services: Services = { extensionUri, registry, workbench, problems, results, reveal };
  const runs = new RunFeature(services, work);
  const lineage: LineageView = store.add(
    new LineageView(extensionUri, lineageHandlers({ workbench, results, runs, work, open })),
  );
  store.add(workbench.onDidChange(() => lineage.show(workbench.lineage)));
  registerCommands(store, services, runs, work);
  store.add(new ModelLenses(services));
  inBackground(workbench.start());
}

function registerCommands(store: DisposableStore, services: Services, runs: RunFeature, work: CurrentWork): void {
  const compiled = store.add(new CompiledSqlFeature(services));
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    createSampleProject: () => createSample(services),
    generateSampleData: (answers?: GenerateAnswers) => generateSampleData(services, work, answers),
    build: (select?: readonly string[]) => runs.run('build', select ?? [], 'Build'),
    runModel: (uri?: vscode.Uri) => runs.runFile('run', uri),
    testModel: (uri?: vscode.Uri) => runs.runFile('test', uri),
    preview: (uri?: vscode.Uri) => previewActive(services, uri),
    showCompiledSql: (uri?: vscode.Uri) => compiled.show(uri),
    showLineage: () => services.reveal(),
    cancel: () => work.cancel(),
  };
  for (const [name, handler] of Object.entries(commands)) {
    store.add(vscode.commands.registerCommand(`modelyard.${name}`, handler as (...args: unknown[]) => unknown));
  }
}

async function openLocation(workbench: Workbench, { file, line, character }: FileLocation): Promise<void> {
  const uri = workbench.uriOf(file);
  if (uri === undefined) return;
  const selection = new vscode.Range(line, character, line, character);
  await vscode.window.showTextDocument(uri, { selection });
}
