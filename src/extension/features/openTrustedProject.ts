import * as vscode from 'vscode';
import type { Services } from './services.ts';

/** Why a command on data cannot go on, in the words of the command. */
type Purpose = 'check' | 'clean' | 'spoil' | 'extend' | 'simulate' | 'run' | 'export' | 'compare';

/**
 * The active project with all of its files saved and read anew, for a command that runs SQL or writes. Undefined, and
 * the user is told, when there is no project or the workspace is not trusted.
 */
export async function openTrustedProject(
  { workbench, registry }: Services,
  purpose: Purpose,
): Promise<NonNullable<Awaited<ReturnType<Services['workbench']['current']>>> | undefined> {
  if (!vscode.workspace.isTrusted) {
    const manage = 'Manage Workspace Trust';
    const message = 'Modelyard runs and writes nothing in a workspace that is not trusted.';
    void vscode.window.showWarningMessage(message, manage).then((answer) => {
      if (answer === manage) void vscode.commands.executeCommand('workbench.trust.manage');
    });
    return undefined;
  }
  await vscode.workspace.saveAll();
  // Other programs may have changed files that no watcher has told of yet.
  (await registry.active())?.service.changed();
  const current = await workbench.current();
  if (current === undefined)
    void vscode.window.showInformationMessage(
      purpose === 'run' || purpose === 'export' || purpose === 'compare'
        ? `There is no dbt project in this workspace to ${purpose}.`
        : `There is no dbt project in this workspace whose data one could ${purpose}.`,
    );
  return current;
}
