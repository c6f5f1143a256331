import * as vscode from 'vscode';
import type { Manifest } from '../../core/compile/manifest.ts';
import { isReferred, referenceTo, type ReferredNode } from '../../core/service/comparedRows.ts';
import { nodeOfFile } from '../../core/service/previewRows.ts';
import type { Cancellation } from '../../core/diagnostics/cancellation.ts';
import type { WarehouseRows } from '../../core/compare/readWarehouseRows.ts';
import { fetchWarehouseRows } from '../dbt/fetchWarehouseRows.ts';
import type { ExtensionHost } from '../extensionHost.ts';
import type { OpenProject } from '../openProject.ts';
import { openTrustedProject } from './openTrustedProject.ts';
import type { Services } from './services.ts';
import { askTarget, targetArguments, usableDbt, type UsableDbt } from './usableDbt.ts';

/** What may be given instead of being asked for. */
export interface WarehouseAnswers {
  /** Name of a model, seed or snapshot. */
  readonly model?: string;
  /** Name of an output of the profile. */
  readonly target?: string;
}

/** A node of the project, and the dbt and the target with which its rows are read on a warehouse. */
export interface WarehouseModel {
  readonly project: OpenProject;
  readonly manifest: Manifest;
  readonly node: ReferredNode;
  readonly dbt: UsableDbt;
  readonly target: string;
}

/** Why there is no warehouse model, in the words of the commands' outcomes. */
export type NotChosen = 'refused' | 'missing' | 'cancelled';

/** The model in the active editor, or the one that is chosen, on the target that is chosen. */
export async function chooseWarehouseModel(
  services: Services,
  host: ExtensionHost,
  title: string,
  answers: WarehouseAnswers,
): Promise<WarehouseModel | NotChosen> {
  const current = await openTrustedProject(services, 'compare');
  const manifest = current?.read.manifest;
  if (current === undefined || manifest === undefined) return 'refused';
  const { project } = current;
  const dbt = await usableDbt(host, project);
  if (dbt === undefined) return 'missing';
  const node = await chooseNode(project, manifest, title, answers.model);
  if (node === undefined) return 'cancelled';
  const target = answers.target ?? (await askTarget(project, title));
  return target === undefined ? 'cancelled' : { project, manifest, node, dbt, target };
}

async function chooseNode(
  project: OpenProject,
  manifest: Manifest,
  title: string,
  name: string | undefined,
): Promise<ReferredNode | undefined> {
  const nodes = [...manifest.nodes.values()].filter(isReferred);
  if (name !== undefined) return nodes.find((node) => node.name === name);
  const uri = vscode.window.activeTextEditor?.document.uri;
  const file = uri === undefined ? undefined : project.pathOf(uri);
  const open = file === undefined ? undefined : nodeOfFile(manifest, file);
  if (open !== undefined && isReferred(open)) return open;
  const items = nodes.map((node) => ({ label: node.name, description: node.originalFilePath, node }));
  items.sort((a, b) => (a.label < b.label ? -1 : 1));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'The model',
    matchOnDescription: true,
  });
  return chosen?.node;
}

/** Which rows of a warehouse model are wanted. */
export interface RowsWanted {
  readonly limit: number;
  /** True when no rows are wanted of a table that has more than the limit. */
  readonly wholeOnly: boolean;
}

/** Its rows on the warehouse. Rejects with `Cancelled`. */
export async function warehouseRows(
  { project, node, dbt, target }: WarehouseModel,
  wanted: RowsWanted,
  cancellation: Cancellation,
): Promise<
  Exclude<WarehouseRows, { kind: 'absent' | 'failed' }> | { readonly kind: 'failed'; readonly reason: string }
> {
  const request = {
    ...wanted,
    program: dbt.program,
    folder: project.folder.fsPath,
    targetArguments: await targetArguments(project.service, target),
    of: referenceTo(node),
  };
  const found = await fetchWarehouseRows(request, dbt, cancellation);
  if (found.kind === 'absent')
    return {
      kind: 'failed',
      reason: `${node.name} is not on ${target} yet: "Modelyard: Run with dbt…" builds it there.`,
    };
  if (found.kind === 'failed')
    return { kind: 'failed', reason: `dbt could not read ${node.name} on ${target}: ${found.reason}` };
  return found;
}
