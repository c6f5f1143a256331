import type * as vscode from 'vscode';
import type { Problems } from '../problems.ts';
import type { ProjectRegistry } from '../projectRegistry.ts';
import type { ResultsController } from '../resultsController.ts';
import type { Workbench } from '../workbench.ts';

/** What the features work with; made once, at activation. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly registry: ProjectRegistry;
  readonly workbench: Workbench;
  readonly problems: Problems;
  readonly results: ResultsController;
  /** Brings the lineage and the results to the front; the keyboard stays in the editor. */
  readonly reveal: () => Promise<void>;
}
