import * as vscode from 'vscode';
import type { FileLocation } from '../protocol/nodeFacts.ts';
import { inBackground } from './background.ts';
import { CurrentWork } from './currentWork.ts';
import { DisposableStore } from './disposable.ts';
import type { ExtensionHost } from './extensionHost.ts';
import { compareWithWarehouse } from './features/compareFeature.ts';
import { CompiledSqlFeature } from './features/compiledSqlFeature.ts';
import { checkData, copyViolations, saveViolations } from './features/checkDataFeature.ts';
import { CleanDataFeature, type CleanAnswers } from './features/cleanDataFeature.ts';
import { createSample } from './features/createSampleFeature.ts';
import { exportCommand, exportDagCommand, type DagAnswers, type ExportAnswers } from './features/exportFeature.ts';
import { extendData, type ExtendAnswers } from './features/extendDataFeature.ts';
import { generateSampleData, type GenerateAnswers } from './features/generateFeature.ts';
import { ModelLenses } from './features/modelLenses.ts';
import { previewActive } from './features/previewFeature.ts';
import { runWithDbt, type DbtAnswers } from './features/runWithDbtFeature.ts';
import { RunFeature } from './features/runFeature.ts';
import type { Services } from './features/services.ts';
import type { WarehouseAnswers } from './features/warehouseModel.ts';
import { showWarehouseRows } from './features/warehouseRowsFeature.ts';
import { Problems } from './problems.ts';
import { HintLanguage } from './hints/hintLanguage.ts';
import { MadeData } from './madeData.ts';
import { simulateDaysCommand, type SimulateAnswers } from './features/simulateFeature.ts';
import { tryDefects, type DefectAnswers } from './features/tryDefectsFeature.ts';
import { DataQuality } from './quality/dataQuality.ts';
import type { QualityItem } from './quality/qualityItem.ts';
import { ProjectRegistry } from './projectRegistry.ts';
import { ResultsController } from './resultsController.ts';
import { lineageHandlers } from './lineageHandlers.ts';
import { DataQualityView } from './views/dataQualityView.ts';
import { LineageView } from './views/lineageView.ts';
import { TestingView } from './views/testingView.ts';
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
  const quality = store.add(new DataQuality(registry, workbench, problems));
  const qualityView = store.add(new DataQualityView(quality));
  const made = new MadeData(context.workspaceState);
  const services: Services = {
    extensionUri,
    registry,
    workbench,
    problems,
    results,
    quality,
    made,
    lineage: () => lineage,
    reveal,
    qualityView,
  };
  const runs = new RunFeature(services, work);
  const lineage: LineageView = store.add(
    new LineageView(extensionUri, lineageHandlers({ workbench, results, runs, work, open })),
  );
  store.add(workbench.onDidChange(() => lineage.show(workbench.lineage)));
  registerCommands(store, services, { runs, work, host });
  registerQualityCommands(store, services, qualityView);
  store.add(new TestingView(workbench, runs, () => work.cancel()));
  store.add(new ModelLenses(services));
  store.add(new HintLanguage(registry));
  void vscode.commands.executeCommand('setContext', 'modelyard.runsDbt', host.dbt !== undefined);
  inBackground(workbench.start());
}

interface Parts {
  readonly runs: RunFeature;
  readonly work: CurrentWork;
  readonly host: ExtensionHost;
}

function registerCommands(store: DisposableStore, services: Services, { runs, work, host }: Parts): void {
  const compiled = store.add(new CompiledSqlFeature(services));
  const cleaning = store.add(new CleanDataFeature(services, work));
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    createSampleProject: () => createSample(services),
    generateSampleData: (answers?: GenerateAnswers) => generateSampleData(services, work, answers),
    build: (select?: readonly string[]) => runs.run('build', select ?? [], 'Build'),
    runModel: (uri?: vscode.Uri) => runs.runFile('run', uri),
    testModel: (uri?: vscode.Uri) => runs.runFile('test', uri),
    preview: (uri?: vscode.Uri) => previewActive(services, uri),
    showCompiledSql: (uri?: vscode.Uri) => compiled.show(uri),
    showLineage: () => services.reveal(),
    checkData: () => checkData(services, work),
    checkDataAgain: () => checkData(services, work),
    cleanData: (answers?: CleanAnswers) => cleaning.clean(answers),
    tryDefects: (answers?: DefectAnswers) => tryDefects(services, work, answers),
    simulateDays: (answers?: SimulateAnswers) => simulateDaysCommand(services, work, answers),
    exportProject: (answers?: ExportAnswers) => exportCommand(services, answers),
    exportAirflowDag: (answers?: DagAnswers) => exportDagCommand(services, answers),
    runWithDbt: (answers?: DbtAnswers) => runWithDbt(services, host, answers),
    showWarehouseRows: (answers?: WarehouseAnswers) => showWarehouseRows(services, host, answers),
    compareWithWarehouse: (answers?: WarehouseAnswers) => compareWithWarehouse(services, host, answers),
    extendData: (answers?: ExtendAnswers) => extendData(services, work, answers),
    cancel: () => work.cancel(),
  };
  register(store, commands);
}

/** The commands of the "Data Quality" view: what they do is about what it shows. */
function registerQualityCommands(store: DisposableStore, services: Services, view: DataQualityView): void {
  register(store, {
    showDataQuality: () => view.reveal(false),
    groupQualityByRule: () => view.groupBy('rule'),
    groupQualityByRow: () => view.groupBy('row'),
    openViolatedRule: (chosen?: QualityItem) => view.openRule(chosen),
    showMoreViolations: (chosen: QualityItem) => view.showMore(chosen),
    copyViolations: () => copyViolations(services),
    saveViolations: (target?: vscode.Uri) =>
      saveViolations(services, target instanceof vscode.Uri ? target : undefined),
  });
}

function register(store: DisposableStore, commands: Readonly<Record<string, (...args: never[]) => unknown>>): void {
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
