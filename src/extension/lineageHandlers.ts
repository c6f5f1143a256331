import * as vscode from 'vscode';
import type { ManifestNode } from '../core/compile/manifest.ts';
import type { UniqueId } from '../core/project/uniqueId.ts';
import type { LineageAction } from '../protocol/lineageProtocol.ts';
import type { FileLocation } from '../protocol/nodeFacts.ts';
import { inBackground } from './background.ts';
import type { CurrentWork } from './currentWork.ts';
import type { RunFeature } from './features/runFeature.ts';
import { locationOf } from './lineageSnapshot.ts';
import type { ResultsController } from './resultsController.ts';
import type { LineageHandlers } from './views/lineageView.ts';
import type { Workbench } from './workbench.ts';

/** What the wishes of the lineage view lead to. */
export interface LineageServices {
  readonly workbench: Workbench;
  readonly results: ResultsController;
  readonly runs: RunFeature;
  readonly work: CurrentWork;
  readonly open: (location: FileLocation) => Promise<void>;
}

/** Handlers that settle when the wish is taken; the work goes on in the background. */
export function lineageHandlers({ workbench, results, runs, work, open }: LineageServices): LineageHandlers {
  const node = (id: string): ManifestNode | undefined => workbench.manifest?.nodes.get(id as UniqueId);
  const withNode = (id: string, wish: (found: ManifestNode) => Promise<unknown>): void => {
    const found = node(id);
    if (found !== undefined) inBackground(wish(found));
  };
  return {
    select: ({ id }) => {
      workbench.select((id ?? undefined) as UniqueId | undefined);
      if (id !== null) inBackground(results.showNode(id as UniqueId));
    },
    open: ({ id }) => withNode(id, (found) => open(locationOf(found))),
    preview: ({ id }) =>
      withNode(id, ({ name, uniqueId }) => results.preview({ title: name, subject: { kind: 'node', id: uniqueId } })),
    run: ({ id }) =>
      withNode(id, (found) =>
        runs.run(found.resourceType === 'seed' ? 'seed' : 'run', [selectorOf(found)], `Run ${found.name}`),
      ),
    test: ({ id }) => withNode(id, (found) => runs.run('test', [selectorOf(found)], `Test ${found.name}`)),
    build: ({ id }) => {
      if (id === undefined) inBackground(runs.run('build', [], 'Build'));
      else withNode(id, (found) => runs.run('build', [`+${selectorOf(found)}`], `Build ${found.name}`));
    },
    cancel: () => work.cancel(),
    openLocation: open,
    act: ({ action }) => inBackground(act(workbench, action)),
  };
}

/** How `--select` names a node. */
function selectorOf(node: ManifestNode): string {
  return node.resourceType === 'source' ? `source:${node.sourceName}.${node.name}` : node.name;
}

async function act(workbench: Workbench, action: LineageAction): Promise<void> {
  switch (action) {
    case 'createSample':
      await vscode.commands.executeCommand('modelyard.createSampleProject');
      break;
    case 'openFolder':
      await vscode.commands.executeCommand('workbench.action.files.openFolder');
      break;
    case 'showProblems':
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      break;
    case 'reload':
      await workbench.reload();
      break;
    case 'trustWorkspace':
      await vscode.commands.executeCommand('workbench.trust.manage');
      break;
  }
}
