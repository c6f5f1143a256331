import type * as vscode from 'vscode';
import type { MadeData } from '../madeData.ts';
import type { DataQuality } from '../quality/dataQuality.ts';
import type { Problems } from '../problems.ts';
import type { ProjectRegistry } from '../projectRegistry.ts';
import type { ResultsController } from '../resultsController.ts';
import type { DataQualityView } from '../views/dataQualityView.ts';
import type { LineageView } from '../views/lineageView.ts';
import type { Workbench } from '../workbench.ts';

/** What the features work with; made once, at activation. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly registry: ProjectRegistry;
  readonly workbench: Workbench;
  readonly problems: Problems;
  readonly results: ResultsController;
  readonly quality: DataQuality;
  readonly made: MadeData;
  /** The "Lineage" view, where a DAG is looked at before it is written. */
  readonly lineage: () => Pick<LineageView, 'lookAt'>;
  /** Brings the lineage and the results to the front; the keyboard stays in the editor. */
  readonly reveal: () => Promise<void>;
  /** The "Data Quality" view. The keyboard stays where it is. */
  readonly qualityView: Pick<DataQualityView, 'reveal' | 'revealDefects'>;
}
